//! Messages that leave the station: written sealed in the transaction of what they tell, carried
//! to the gateway by one process for all, again until it takes them or their time is over; then
//! their content is erased. What a message is for stands in the room that writes it.

mod gateway;
mod service;
mod store;

pub(crate) use gateway::Gateway;
pub use service::{Carried, carry, reseal};
pub(crate) use service::{Outgoing, leaves, wake, watch, write};
