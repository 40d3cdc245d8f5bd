//! A counting put into words, so that a person with a calendar in hand can check it, and the
//! way back: from the explained days to the date. Pure.

use chrono::{Datelike as _, NaiveDate};

use super::counting::{CountedDay, Counting, Why};
use super::rules::Rule;
use crate::language::Text;
use crate::words::DayUnit;

/// One run of days with the same fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub why: Why,
    pub text: Text,
}

/// The counting in sentences, each about days that follow each other.
pub fn explain(rule: &Rule, counting: &Counting) -> Vec<Sentence> {
    let same = |one: &CountedDay, other: &CountedDay| {
        one.why == other.why
            && (one.why == Why::NaturalDay || one.name == other.name)
            && one.provisional == other.provisional
    };
    let runs = counting.days.chunk_by(same);
    runs.filter_map(|run| sentence(rule, run)).collect()
}

/// The whole as one readable text: the rule, its sentences, the end.
pub fn readable_text(rule: &Rule, counting: &Counting) -> Text {
    let sentences = explain(rule, counting);
    let all = |pick: &dyn Fn(&Text) -> String, with: &str| {
        sentences.iter().map(|it| pick(&it.text)).collect::<Vec<_>>().join(with)
    };
    let zh = all(&|it| it.zh.to_string(), "；");
    let en = all(&|it| it.en.to_string(), "; ");
    let head = heading(rule, counting);
    let end = ending(counting);
    let law = citation(rule);
    Text::new(
        format!("{}。{zh}。{}{}", head.zh, end.zh, law.zh),
        format!("{}. {}. {}{}", head.en, capital(&en), end.en, law.en),
    )
}

fn heading(rule: &Rule, counting: &Counting) -> Text {
    let (length, extension) = (rule.length, counting.length - rule.length);
    let (zh_unit, en_unit) = unit(rule.unit);
    let (zh_more, en_more) = if extension == 0 {
        Default::default()
    } else {
        (format!("，延长{extension}个{zh_unit}"), format!(", extended by {extension}"))
    };
    Text::new(
        format!(
            "{}：{length}个{zh_unit}{zh_more}，自{}之日起算",
            rule.title.zh, rule.start_event.zh
        ),
        format!("{}: {length} {en_unit}{en_more}, from: {}", rule.title.en, rule.start_event.en),
    )
}

fn unit(unit: DayUnit) -> (&'static str, &'static str) {
    match unit {
        DayUnit::WorkingDays => ("工作日", "working days"),
        DayUnit::NaturalDays => ("自然日", "natural days"),
    }
}

fn sentence(rule: &Rule, run: &[CountedDay]) -> Option<Sentence> {
    let (first, last) = (run.first()?, run.last()?);
    let (zh_days, en_days) = if first.date == last.date {
        (zh_day(first.date), en_day(first.date))
    } else {
        (
            format!("{}至{}", zh_day(first.date), zh_day(last.date)),
            format!("{} to {}", en_day(first.date), en_day(last.date)),
        )
    };
    let festival = first.name.as_deref().unwrap_or("节假日");
    let (zh_unit, en_unit) = match rule.unit {
        DayUnit::WorkingDays => ("个工作日", "working day"),
        DayUnit::NaturalDays => ("日", "day"),
    };
    let (zh_number, en_number) = match (first.number, last.number) {
        (Some(one), Some(other)) if one < other => {
            (format!("第{one}至第{other}{zh_unit}"), format!("{en_unit}s {one} to {other}"))
        }
        (Some(one), _) => (format!("第{one}{zh_unit}"), format!("{en_unit} {one}")),
        _ => Default::default(),
    };
    let (zh, en) = match first.why {
        Why::StartDay => (
            "为开始之日，不计入".to_owned(),
            "is the day of the start and is not counted".to_owned(),
        ),
        Why::WorkingDay => (format!("为{zh_number}"), format!("{} {en_number}", are(run))),
        Why::MakeUpDay => (
            format!("调休上班，为{zh_number}"),
            format!("{} worked to make up for a holiday ({festival}): {en_number}", are(run)),
        ),
        Why::NaturalDay => (format!("为{zh_number}"), format!("{} {en_number}", are(run))),
        Why::Weekend => {
            ("为周末，不计入".to_owned(), format!("{} weekend and not counted", are(run)))
        }
        Why::PublicHoliday => (
            format!("为{festival}假期，不计入"),
            format!("{} public holiday ({festival}) and not counted", are(run)),
        ),
        Why::Paused => (
            "为中止期间，不计入".to_owned(),
            format!("{} within a pause and not counted", are(run)),
        ),
        Why::MovedPastWeekend => {
            ("为周末，期限届满日顺延".to_owned(), format!("{} weekend: the end moves on", are(run)))
        }
        Why::MovedPastHoliday => (
            format!("为{festival}假期，期限届满日顺延"),
            format!("{} public holiday ({festival}): the end moves on", are(run)),
        ),
        Why::MovedHere => {
            ("为其后的第一个工作日".to_owned(), "is the first working day after that".to_owned())
        }
    };
    let (zh_open, en_open) = if first.provisional && first.why != Why::StartDay {
        ("（安排尚未公布）", " (not published yet)")
    } else {
        ("", "")
    };
    Some(Sentence {
        from: first.date,
        to: last.date,
        why: first.why,
        text: Text::new(format!("{zh_days}{zh}{zh_open}"), format!("{en_days} {en}{en_open}")),
    })
}

fn are(run: &[CountedDay]) -> &'static str {
    if run.len() == 1 { "is" } else { "are" }
}

fn ending(counting: &Counting) -> Text {
    let Some(due) = counting.due else {
        let (counted, length) = (counting.counted(), counting.length);
        return Text::new(
            format!("中止尚未结束：已计{counted}日，余{}日，恢复后方有到期日。", length - counted),
            format!(
                "The pause has no end yet: {counted} counted, {} left; there is a last day once it \
                 ends. ",
                length - counted
            ),
        );
    };
    let mut zh = format!("到期日{}。", zh_day(due.on));
    let mut en = format!("The last day is {}. ", en_day(due.on));
    if due.on_strict != due.on {
        zh = format!(
            "到期日{}；若“法定节假日”不含普通周末，则为{}，请按较早的日期办理。",
            zh_day(due.on),
            zh_day(due.on_strict)
        );
        en = format!(
            "The last day is {}; if a plain weekend is no statutory holiday it is {}: plan for the \
             earlier one. ",
            en_day(due.on),
            en_day(due.on_strict)
        );
    }
    if let Some((earliest, latest)) = due.range {
        let (zh_range, en_range) = (
            format!(
                "其中有日期的放假安排尚未公布，到期日为暂定，最早{}，最晚{}。",
                zh_day(earliest),
                zh_day(latest)
            ),
            format!(
                "The calendar of some days is not published yet, so it is provisional: {} at the \
                 earliest, {} at the latest. ",
                en_day(earliest),
                en_day(latest)
            ),
        );
        zh.push_str(&zh_range);
        en.push_str(&en_range);
    }
    Text::new(zh, en)
}

fn citation(rule: &Rule) -> Text {
    if rule.law.is_empty() {
        return Text::new("依据：本站设置。", "By a setting of the station.");
    }
    let zh: Vec<&str> = rule.law.iter().map(|it| it.zh.as_str()).collect();
    let en: Vec<&str> = rule.law.iter().map(|it| it.en.as_str()).collect();
    Text::new(format!("依据：{}。", zh.join("、")), format!("By {}.", en.join("; ")))
}

/// `2026-05-09（周六）`.
fn zh_day(date: NaiveDate) -> String {
    let names = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let name = names.get(weekday(date)).copied().unwrap_or_default();
    format!("{date}（{name}）")
}

/// `Sat 2026-05-09`.
fn en_day(date: NaiveDate) -> String {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    format!("{} {date}", names.get(weekday(date)).copied().unwrap_or_default())
}

fn weekday(date: NaiveDate) -> usize {
    usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// Counts the explained days again, trusting nothing but the reason of each: the last day that
/// they lead to. `None` when they do not follow each other, are numbered wrongly, or stop short.
pub fn replay(length: u32, days: &[CountedDay]) -> Option<NaiveDate> {
    let (start, rest) = days.split_first()?;
    if start.why != Why::StartDay || start.counted {
        return None;
    }
    let mut date = start.date;
    let mut number = 0;
    let mut moving = false;
    for day in rest {
        date = date.succ_opt().filter(|it| *it == day.date)?;
        let counts = matches!(day.why, Why::WorkingDay | Why::MakeUpDay | Why::NaturalDay);
        let moves = matches!(day.why, Why::MovedPastWeekend | Why::MovedPastHoliday);
        let over = number == length;
        if over != (moves || day.why == Why::MovedHere) || (!over && moving) {
            return None;
        }
        number += u32::from(counts);
        if day.counted != counts || day.number != counts.then_some(number) {
            return None;
        }
        moving = moves;
    }
    (number == length && !moving).then_some(date)
}
