//! Entries held against the register: what an import would do, and what stands against it. Pure.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::columns::{Column, Columns};
use super::entries::{Entries, Entry, Given};
use super::sheet::RowFault;
use crate::entity::enterprise;
use crate::language::Text;
use crate::personal_data::numbers::name_key;
use crate::words::{EnterpriseKind, EnterpriseStatus, EnterpriseTrade};

/// What the station knows already.
#[derive(Debug, Default)]
pub(super) struct Register {
    pub enterprises: Vec<enterprise::Model>,
    pub buildings: Vec<(Uuid, String)>,
}

/// What an import would do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub new: Vec<enterprise::Model>,
    /// As they are to stand, each one version later.
    pub changed: Vec<enterprise::Model>,
    pub unchanged: usize,
    pub faults: Vec<RowFault>,
    /// What a person should look at and what keeps nothing out.
    pub notices: Vec<RowFault>,
}

impl Plan {
    /// How many rows have a fault.
    pub fn faulty_rows(&self) -> usize {
        self.faults.iter().filter_map(|it| it.row).collect::<BTreeSet<_>>().len()
    }
}

/// Holds the entries against the register.
pub(super) fn plan(read: Entries, register: &Register, now: DateTime<Utc>) -> Plan {
    let by_code: HashMap<&str, &enterprise::Model> =
        register.enterprises.iter().map(|it| (it.credit_code.as_str(), it)).collect();
    let buildings: HashMap<String, Uuid> =
        register.buildings.iter().map(|(id, name)| (name_key(name), *id)).collect();
    let mut codes_of_names = codes_of_names(register);
    let mut plan = Plan { faults: read.faults, ..Plan::default() };
    let mut rows_of_codes: HashMap<String, usize> = HashMap::new();
    for entry in read.found {
        if let Some(first) = rows_of_codes.get(&entry.credit_code) {
            plan.faults.push(duplicate(&entry, *first, &read.columns));
            continue;
        }
        rows_of_codes.insert(entry.credit_code.clone(), entry.row);
        let building_id = match &entry.building {
            Given::NotAtAll => Given::NotAtAll,
            Given::As(None) => Given::As(None),
            Given::As(Some(name)) => {
                let Some(id) = buildings.get(&name_key(name)) else {
                    plan.faults.push(unknown_building(&entry, name, &read.columns));
                    continue;
                };
                Given::As(Some(*id))
            }
        };
        let codes = codes_of_names.entry(name_key(&entry.name)).or_default();
        if codes.iter().any(|it| *it != entry.credit_code) {
            plan.notices.push(same_name(&entry, codes, &read.columns));
        }
        codes.insert(entry.credit_code.clone());
        match by_code.get(entry.credit_code.as_str()) {
            None => plan.new.push(applied(entry, building_id, None, now)),
            Some(before) => {
                let after = applied(entry, building_id, Some(before), now);
                if after == **before {
                    plan.unchanged += 1;
                } else {
                    let version = before.version + 1;
                    plan.changed.push(enterprise::Model { version, ..after });
                }
            }
        }
    }
    plan.faults.sort_by_key(|it| (it.row, it.column));
    plan
}

fn codes_of_names(register: &Register) -> HashMap<String, HashSet<String>> {
    let mut codes: HashMap<String, HashSet<String>> = HashMap::new();
    for it in &register.enterprises {
        codes.entry(name_key(&it.name)).or_default().insert(it.credit_code.clone());
    }
    codes
}

/// The row of the register as the entry has it, at the version it has now.
fn applied(
    entry: Entry,
    building_id: Given<Uuid>,
    before: Option<&enterprise::Model>,
    now: DateTime<Utc>,
) -> enterprise::Model {
    let kept = |of: fn(&enterprise::Model) -> Option<String>| before.and_then(of);
    enterprise::Model {
        id: before.map_or_else(Uuid::now_v7, |it| it.id),
        credit_code: entry.credit_code,
        name: entry.name,
        kind: entry.kind.or(before.map(|it| it.kind)).unwrap_or(EnterpriseKind::Company),
        trade: entry.trade.or(before.map(|it| it.trade)).unwrap_or(EnterpriseTrade::Other),
        building_id: building_id.over(before.and_then(|it| it.building_id)),
        floor: entry.floor.over(kept(|it| it.floor.clone())),
        unit: entry.unit.over(kept(|it| it.unit.clone())),
        is_key: entry.is_key.or(before.map(|it| it.is_key)).unwrap_or(false),
        status: entry.status.or(before.map(|it| it.status)).unwrap_or(EnterpriseStatus::Operating),
        phone: entry.phone.over(kept(|it| it.phone.clone())),
        version: before.map_or(1, |it| it.version),
        created_at: before.map_or(now, |it| it.created_at),
    }
}

fn of_cell(
    entry: &Entry,
    column: Column,
    columns: &Columns,
    code: &'static str,
    detail: Text,
) -> RowFault {
    let place = columns.place(column).unwrap_or_default();
    RowFault::of_cell(entry.row, place, code, detail)
}

fn duplicate(entry: &Entry, first: usize, columns: &Columns) -> RowFault {
    let detail = Text::new(
        format!("该统一社会信用代码在第{first}行已经出现。"),
        format!("The credit code stands in row {first} already."),
    );
    of_cell(entry, Column::CreditCode, columns, "duplicate_in_file", detail)
}

fn unknown_building(entry: &Entry, name: &str, columns: &Columns) -> RowFault {
    let detail = Text::new(
        format!("没有名为“{name}”的楼宇，请先登记楼宇或者更正名称。"),
        format!("There is no building «{name}»; enter it first or mend the name."),
    );
    of_cell(entry, Column::Building, columns, "unknown_building", detail)
}

fn same_name(entry: &Entry, codes: &HashSet<String>, columns: &Columns) -> RowFault {
    let mut codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    codes.sort_unstable();
    let codes = codes.join(", ");
    let detail = Text::new(
        format!("同名企业已有另一统一社会信用代码：{codes}，请核对。"),
        format!("Another enterprise of that name has the credit code {codes}; look into it."),
    );
    of_cell(entry, Column::Name, columns, "same_name_other_code", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "91350100M000100Y43";
    const TWO: &str = "91310000MA1FL0001B";

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn planned(table: &str, register: &Register) -> Plan {
        let sheet = super::super::csv::read(table.as_bytes(), None).unwrap();
        plan(super::super::entries::read(&sheet).unwrap(), register, at(0))
    }

    fn known() -> (Register, Uuid) {
        let building = Uuid::from_u128(7);
        let enterprise = enterprise::Model {
            id: Uuid::from_u128(1),
            credit_code: ONE.to_owned(),
            name: "悦动健身".to_owned(),
            kind: EnterpriseKind::Branch,
            trade: EnterpriseTrade::Fitness,
            building_id: Some(building),
            floor: Some("5".to_owned()),
            unit: None,
            is_key: true,
            status: EnterpriseStatus::Suspended,
            phone: Some("02164070000".to_owned()),
            version: 3,
            created_at: at(5),
        };
        let buildings = vec![(building, "港汇恒隆广场".to_owned())];
        (Register { enterprises: vec![enterprise], buildings }, building)
    }

    #[test]
    fn a_row_is_new_changed_or_as_before() {
        let (register, building) = known();
        let two = valid_code();
        for (table, new, changed, unchanged) in [
            (format!("名称,信用代码\n悦动健身,{ONE}\n"), 0, 0, 1),
            (format!("名称,信用代码\n悦动健身二店,{ONE}\n"), 0, 1, 0),
            (format!("名称,信用代码,楼层\n悦动健身,{ONE},\n"), 0, 1, 0),
            (format!("名称,信用代码,楼层,楼宇\n悦动健身,{ONE},5,港汇 恒隆广场\n"), 0, 0, 1),
            (format!("名称,信用代码,状态,重点企业\n悦动健身,{ONE},,\n"), 0, 0, 1),
            (format!("名称,信用代码\n悦动健身,{ONE}\n味道餐饮,{two}\n"), 1, 0, 1),
        ] {
            let found = planned(&table, &register);
            assert!(found.faults.is_empty(), "{table}: {:?}", found.faults);
            let counts = (found.new.len(), found.changed.len(), found.unchanged);
            assert_eq!(counts, (new, changed, unchanged), "{table}");
        }
        let found = planned(&format!("名称,信用代码,楼层\n新名,{ONE},\n"), &register);
        let before = register.enterprises[0].clone();
        let expected =
            enterprise::Model { name: "新名".to_owned(), floor: None, version: 4, ..before };
        assert_eq!(found.changed, [expected]);
        let found = planned(&format!("名称,信用代码,楼宇\n味道,{two},港汇恒隆广场\n"), &register);
        let new = &found.new[0];
        assert_eq!((new.building_id, new.version, new.created_at), (Some(building), 1, at(0)));
        assert_eq!((new.kind, new.is_key), (EnterpriseKind::Company, false));
    }

    /// A second code with a right checksum.
    fn valid_code() -> String {
        let head = &TWO[..17];
        "0123456789ABCDEFGHJKLMNPQRTUWXY"
            .chars()
            .map(|it| format!("{head}{it}"))
            .find(|it| crate::personal_data::CreditCode::parse(it).is_ok())
            .unwrap()
    }

    #[test]
    fn what_contradicts_itself_is_named() {
        let (register, _) = known();
        let two = valid_code();
        let table = format!(
            "名称,信用代码,楼宇\n甲,{ONE},\n乙,{two},无名大厦\n丙,{ONE},\n丁,{},\n",
            ONE.to_lowercase()
        );
        let found = planned(&table, &register);
        let faults: Vec<_> =
            found.faults.iter().map(|it| (it.row.unwrap(), it.column.unwrap(), it.code)).collect();
        assert_eq!(
            faults,
            [(3, 2, "unknown_building"), (4, 1, "duplicate_in_file"), (5, 1, "duplicate_in_file")]
        );
        assert!(found.faults[1].detail.en.contains("row 2"));
        assert_eq!(found.faulty_rows(), 3);
    }

    #[test]
    fn one_name_under_two_codes_is_a_notice() {
        let (register, _) = known();
        let two = valid_code();
        let found = planned(&format!("名称,信用代码\n悦动 健身,{two}\n"), &register);
        assert!(found.faults.is_empty());
        assert_eq!(found.new.len(), 1);
        assert_eq!(
            (found.notices[0].row, found.notices[0].code),
            (Some(2), "same_name_other_code")
        );
        assert!(found.notices[0].detail.zh.contains(ONE));
    }
}
