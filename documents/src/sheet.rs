//! What every form becomes before it is set: a title and a row of blocks. The templates and the
//! DOCX writer know only these, so both say the same.

use chrono::NaiveDate;
use serde::Serialize;

use crate::numerals::{day_in_words, day_or_blank, in_words};
use crate::parts::*;

/// The columns of a grid: cells say how many of them they take.
pub(crate) const UNITS: usize = 24;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sheet {
    pub layout: Layout,
    /// Above the title, where the form names who issues it.
    pub organisation: String,
    pub title: String,
    pub number: String,
    /// Who made it, for the properties of the file.
    pub author: String,
    /// The day in the properties of the file.
    pub day: NaiveDate,
    pub blocks: Vec<Block>,
    pub verification: Option<Verified>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Layout {
    /// Text from top to bottom, pages counted.
    Page,
    /// A title in the upper half, fields in the lower one, no page number.
    Cover,
    /// One title in the middle of the page, what follows it below.
    Divider,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub(crate) enum Block {
    Heading {
        text: String,
    },
    /// Paragraphs, indented by two characters as Chinese text is.
    Text {
        paragraphs: Vec<String>,
    },
    /// Paragraphs that begin at the margin: addresses, references.
    Flush {
        paragraphs: Vec<String>,
    },
    /// A label and what stands behind it, aligned under itself: questions, answers, fields.
    Labelled {
        rows: Vec<(String, Vec<String>)>,
        /// Width of the labels in characters.
        width: usize,
        underlined: bool,
    },
    Grid {
        /// Repeated on every page.
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Signatures {
        boxes: Vec<Signature>,
    },
    Seal {
        name: String,
        day: String,
    },
    /// Small print.
    Note {
        paragraphs: Vec<String>,
    },
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Cell {
    pub paragraphs: Vec<String>,
    pub span: usize,
    pub label: bool,
    pub align: Align,
    /// In millimetres.
    pub height: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Align {
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Signature {
    pub label: String,
    pub name: String,
    pub mark: String,
    pub day: String,
    /// The drawn signature; the engine gives it a path.
    #[serde(skip)]
    pub picture: Option<Vec<u8>>,
    pub path: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Verified {
    pub number: String,
    pub short_hash: String,
    #[serde(skip)]
    pub picture: Vec<u8>,
    pub path: Option<String>,
}

impl Sheet {
    pub fn new(title: impl Into<String>, author: &str, day: Option<NaiveDate>) -> Self {
        Self {
            layout: Layout::Page,
            organisation: String::new(),
            title: title.into(),
            number: String::new(),
            author: author.to_owned(),
            // PDF/A wants a day; a form that has none yet gets that of its template.
            day: day.unwrap_or(TEMPLATES_OF),
            blocks: Vec::new(),
            verification: None,
        }
    }

    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    pub fn number(mut self, number: &str) -> Self {
        number.clone_into(&mut self.number);
        self
    }

    pub fn organisation(mut self, name: &str) -> Self {
        name.clone_into(&mut self.organisation);
        self
    }

    pub fn verification(mut self, verification: Option<&Verification>) -> Self {
        self.verification = verification.map(Verified::of);
        self
    }

    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    pub fn with_all(mut self, blocks: impl IntoIterator<Item = Block>) -> Self {
        self.blocks.extend(blocks);
        self
    }

    pub fn heading(self, text: &str) -> Self {
        self.with(Block::Heading { text: text.to_owned() })
    }

    pub fn text(self, text: &str) -> Self {
        self.with(Block::Text { paragraphs: paragraphs(text) })
    }

    pub fn flush(self, text: &str) -> Self {
        self.with(Block::Flush { paragraphs: paragraphs(text) })
    }

    /// `此致`, and below whom an application goes to.
    pub fn addressed_to(self, office: &str) -> Self {
        self.text("此致").flush(office)
    }

    pub fn note(self, text: &str) -> Self {
        self.with(Block::Note { paragraphs: paragraphs(text) })
    }

    /// Fields as lines `时间：…`.
    pub fn lines(self, rows: &[(&str, &str)]) -> Self {
        let width = rows.iter().map(|(label, _)| label.chars().count() + 1).max().unwrap_or(0);
        let rows =
            rows.iter().map(|(label, value)| (format!("{label}："), paragraphs(value))).collect();
        self.with(Block::Labelled { rows, width, underlined: true })
    }

    /// `一、` … as terms and reasons are numbered.
    pub fn numbered(self, items: &[String]) -> Self {
        let label = |index: usize| format!("{}、", in_words(index + 1));
        self.listed(items, label)
    }

    /// `1．` …, one step below [`Sheet::numbered`].
    pub fn counted(self, items: &[String]) -> Self {
        self.listed(items, |index| format!("{}．", index + 1))
    }

    /// Numbers stand in the text, which is indented as any other.
    fn listed(self, items: &[String], label: impl Fn(usize) -> String) -> Self {
        let lines = items.iter().enumerate().flat_map(|(at, item)| {
            let lines = paragraphs(item).into_iter().enumerate();
            let label = label(at);
            lines.map(move |(line, it)| if line == 0 { format!("{label}{it}") } else { it })
        });
        let paragraphs = lines.collect();
        self.with(Block::Text { paragraphs })
    }

    /// Boxes that follow boxes stand in one row with them.
    pub fn signatures(mut self, boxes: &[SignatureBox]) -> Self {
        let more = boxes.iter().map(Signature::of);
        match self.blocks.last_mut() {
            Some(Block::Signatures { boxes }) => boxes.extend(more),
            _ if boxes.is_empty() => {}
            _ => self.blocks.push(Block::Signatures { boxes: more.collect() }),
        }
        self
    }

    /// The place of the seal, with the day below the name as official papers have it.
    pub fn seal(self, seal: &SealBox, day: Option<NaiveDate>) -> Self {
        let day = day.map_or_else(|| day_or_blank(None), day_in_words);
        self.with(Block::Seal { name: seal.name.clone(), day })
    }

    pub fn party(self, party: &Party) -> Self {
        self.with(party_grid(party))
    }

    /// Fields that take the whole width, each with a label at its left.
    pub fn fields(self, rows: &[(&str, &str)]) -> Self {
        let rows = rows.iter().map(|(label, value)| field_row(label, value)).collect();
        self.with(Block::Grid { head: Vec::new(), rows })
    }

    /// Every string that will be printed.
    pub fn strings(&self) -> Vec<&str> {
        let mut all = vec![&*self.organisation, &*self.title, &*self.number];
        for block in &self.blocks {
            match block {
                Block::Heading { text } => all.push(text),
                Block::Text { paragraphs }
                | Block::Flush { paragraphs }
                | Block::Note { paragraphs } => all.extend(paragraphs.iter().map(String::as_str)),
                Block::Labelled { rows, .. } => {
                    for (label, paragraphs) in rows {
                        all.push(label);
                        all.extend(paragraphs.iter().map(String::as_str));
                    }
                }
                Block::Grid { head, rows } => {
                    let cells = head.iter().chain(rows.iter().flatten());
                    all.extend(cells.flat_map(|it| &it.paragraphs).map(String::as_str));
                }
                Block::Signatures { boxes } => {
                    all.extend(boxes.iter().flat_map(|it| [&*it.label, &*it.name, &*it.mark]));
                }
                Block::Seal { name, day } => all.extend([&**name, &**day]),
            }
        }
        all.extend(self.verification.iter().flat_map(|it| [&*it.number, &*it.short_hash]));
        all
    }
}

/// When the templates were last looked over as a whole.
pub(crate) const TEMPLATES_OF: NaiveDate =
    NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day of the calendar");

impl Signature {
    fn of(it: &SignatureBox) -> Self {
        Self {
            label: it.label.clone(),
            name: it.name.clone(),
            mark: it.mark.clone(),
            day: day_or_blank(it.date),
            picture: it.picture.clone(),
            path: None,
        }
    }
}

impl Verified {
    fn of(it: &Verification) -> Self {
        Self {
            number: it.number.clone(),
            short_hash: it.short_hash.clone(),
            picture: crate::verification::picture(&it.address),
            path: None,
        }
    }
}

impl Cell {
    pub fn label(text: &str, span: usize) -> Self {
        Self { label: true, align: Align::Center, ..Self::value(text, span) }
    }

    pub fn value(text: &str, span: usize) -> Self {
        Self { paragraphs: paragraphs(text), span, label: false, align: Align::Left, height: 0 }
    }

    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    pub fn height(mut self, height: usize) -> Self {
        self.height = height;
        self
    }
}

pub(crate) fn field_row(label: &str, value: &str) -> Vec<Cell> {
    vec![Cell::label(label, 4), Cell::value(value, UNITS - 4)]
}

fn party_grid(party: &Party) -> Block {
    let mut rows = vec![vec![Cell::label(&party.role, UNITS)]];
    match &party.who {
        Who::Person(it) => {
            rows.push(vec![
                Cell::label("姓名", 4),
                Cell::value(&it.name, 6),
                Cell::label("性别", 2),
                Cell::value(&it.gender, 2).align(Align::Center),
                Cell::label("民族", 2),
                Cell::value(&it.ethnicity, 3).align(Align::Center),
                Cell::label("年龄", 2),
                Cell::value(&it.age, 3).align(Align::Center),
            ]);
            rows.push(vec![
                Cell::label("职业或职务", 4),
                Cell::value(&it.occupation, 8),
                Cell::label("联系方式", 4),
                Cell::value(&it.contact, 8),
            ]);
            if let Some(number) = &it.identity_number {
                rows.push(field_row("身份证件号码", number));
            }
            rows.push(field_row("单位或住址", &it.address));
        }
        Who::Organisation(it) => {
            rows.push(field_row("名称", &it.name));
            rows.push(vec![
                Cell::label("统一社会信用代码", 4),
                Cell::value(&it.credit_code, 9),
                Cell::label("联系方式", 4),
                Cell::value(&it.contact, 7),
            ]);
            rows.push(vec![
                Cell::label("法定代表人（负责人）", 4),
                Cell::value(&it.representative, 9),
                Cell::label("职务", 4),
                Cell::value(&it.post, 7),
            ]);
            rows.push(field_row("住所", &it.address));
        }
    }
    for agent in &party.agents {
        rows.push(vec![
            Cell::label(&agent.role, 4),
            Cell::value(&agent.name, 8),
            Cell::label("联系方式", 4),
            Cell::value(&agent.contact, 8),
        ]);
        rows.push(field_row("代理权限", &agent.authority));
    }
    Block::Grid { head: Vec::new(), rows }
}

/// A string of the data as paragraphs: lines, without the empty ones.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    lines.map(crate::characters::cleaned).collect()
}

/// `■达成协议　□未达成协议`, as forms with boxes to tick have it.
pub(crate) fn ticked<T: PartialEq>(choices: &[(T, &str)], chosen: Option<&T>) -> String {
    let boxes = choices.iter().map(|(value, words)| {
        let sign = if chosen == Some(value) { '■' } else { '□' };
        format!("{sign}{words}")
    });
    boxes.collect::<Vec<_>>().join("　")
}

/// A name that is not there yet stays a line.
pub(crate) fn or_blank(text: &str) -> &str {
    if text.trim().is_empty() { "＿＿＿＿＿＿" } else { text }
}
