//! The same blocks as DOCX, for those who have to change a paper by hand. It names the fonts of the
//! offices' machines (宋体, 黑体) and carries none.

use std::io::Cursor;

use docx_rs::*;
use image::{ImageFormat, ImageReader, Limits};

use crate::error::RenderError;
use crate::sheet::{Align, Block, Cell, Layout, Sheet, Signature, UNITS, Verified};

/// Between the margins, in twentieths of a point: A4 less 28 and 26 mm.
const WIDTH: usize = 8_844;
/// One character of the text, in twentieths of a point.
const CHARACTER: i32 = 240;
const LINE: i32 = 400;

/// Sizes are half points.
const TEXT: usize = 24;
const FORM: usize = 21;
const SMALL: usize = 18;

/// Of a drawn signature at each side.
const MOST_PIXELS: u32 = 8_000;

pub(crate) fn write(sheet: &Sheet) -> Result<Vec<u8>, RenderError> {
    let fonts = RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .east_asia("宋体")
        .hint("eastAsia");
    let mut docx = Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(
            PageMargin::new().top(1_701).bottom(1_474).left(1_588).right(1_474).footer(850),
        )
        .default_fonts(fonts)
        .default_size(TEXT);
    if sheet.layout == Layout::Page {
        docx = docx.footer(footer());
    }
    for part in parts(sheet)? {
        docx = match part {
            Part::Paragraph(it) => docx.add_paragraph(*it),
            Part::Table(it) => docx.add_table(*it),
        };
    }
    let mut file = Cursor::new(Vec::new());
    docx.build().pack(&mut file).map_err(|it| RenderError::Setting { message: it.to_string() })?;
    Ok(file.into_inner())
}

enum Part {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

/// Pictures are numbered within their document: the library counts through the whole process, and
/// the same data would not give the same bytes.
#[derive(Default)]
struct Pictures(usize);

fn parts(sheet: &Sheet) -> Result<Vec<Part>, RenderError> {
    let (mut parts, mut pictures) = (Vec::new(), Pictures::default());
    let mut add = |it: Paragraph| parts.push(Part::Paragraph(Box::new(it)));
    let (space, size) = match sheet.layout {
        Layout::Page => (0, 40),
        Layout::Cover => (6, 88),
        Layout::Divider => (9, 60),
    };
    for _ in 0..space {
        add(Paragraph::new());
    }
    if !sheet.organisation.is_empty() {
        let size = if sheet.layout == Layout::Cover { 40 } else { 30 };
        add(paragraph().align(AlignmentType::Center).add_run(text(&sheet.organisation, size)));
    }
    add(paragraph().align(AlignmentType::Center).add_run(title(&sheet.title, size)));
    if !sheet.number.is_empty() {
        let align = match sheet.layout {
            Layout::Page => AlignmentType::Right,
            Layout::Cover | Layout::Divider => AlignmentType::Center,
        };
        add(paragraph().align(align).add_run(text(&sheet.number, FORM)));
    }
    for _ in 0..space {
        add(Paragraph::new());
    }
    for block in &sheet.blocks {
        write_block(block, &mut parts, &mut pictures)?;
    }
    if let Some(it) = &sheet.verification {
        parts.push(Part::Table(Box::new(verified(it, &mut pictures))));
    }
    Ok(parts)
}

fn write_block(
    block: &Block,
    parts: &mut Vec<Part>,
    pictures: &mut Pictures,
) -> Result<(), RenderError> {
    let mut add = |it: Paragraph| parts.push(Part::Paragraph(Box::new(it)));
    match block {
        Block::Heading { text } => add(paragraph().keep_next(true).add_run(title(text, TEXT))),
        Block::Text { paragraphs } => {
            for it in paragraphs {
                add(indented().add_run(text(it, TEXT)));
            }
        }
        Block::Flush { paragraphs } => {
            for it in paragraphs {
                add(paragraph().add_run(text(it, TEXT)));
            }
        }
        Block::Note { paragraphs } => {
            for it in paragraphs {
                add(indented().add_run(text(it, SMALL)));
            }
        }
        Block::Labelled { rows, width, underlined } => {
            for (label, paragraphs) in rows {
                labelled(label, paragraphs, *width, *underlined).into_iter().for_each(&mut add);
            }
        }
        Block::Grid { head, rows } => {
            let head = std::iter::once(head).filter(|it| !it.is_empty());
            let rows = head.chain(rows).map(|it| row(it)).collect();
            parts.push(Part::Table(Box::new(table(rows, &[WIDTH / UNITS; UNITS]))));
            // Two tables that touch become one.
            parts.push(Part::Paragraph(Box::new(gap())));
        }
        Block::Signatures { boxes } => {
            let rows = boxes.chunks(2).map(|pair| {
                let cells: Result<Vec<_>, _> =
                    pair.iter().map(|it| signature(it, pictures)).collect();
                Ok(TableRow::new(cells?).cant_split())
            });
            let rows: Result<Vec<_>, RenderError> = rows.collect();
            parts.push(Part::Paragraph(Box::new(gap())));
            parts.push(Part::Table(Box::new(table(rows?, &[WIDTH / 2; 2]))));
            parts.push(Part::Paragraph(Box::new(gap())));
        }
        Block::Seal { name, day } => {
            add(Paragraph::new());
            let lines = [format!("{name}（印章）"), day.clone()];
            for it in lines {
                add(paragraph().align(AlignmentType::Right).add_run(text(&it, TEXT)));
            }
        }
    }
    Ok(())
}

/// Label and text in one paragraph, hanging by the width of the label.
fn labelled(label: &str, paragraphs: &[String], width: usize, underlined: bool) -> Vec<Paragraph> {
    let hang = i32::try_from(width).unwrap_or(0) * CHARACTER + CHARACTER / 2;
    let value = |it: &str| {
        let run = text(it, TEXT);
        if underlined { run.underline("single") } else { run }
    };
    let blank = ["　　　　　　　　".to_owned()];
    let paragraphs = if paragraphs.is_empty() && underlined { &blank } else { paragraphs };
    let lines = paragraphs.iter().enumerate().map(|(at, it)| {
        if label.is_empty() {
            return paragraph().add_run(value(it));
        }
        let first = (at == 0).then_some(SpecialIndentType::Hanging(hang));
        let paragraph = paragraph().indent(Some(hang), first, None, None);
        if at > 0 {
            return paragraph.add_run(value(it));
        }
        let label = if underlined { text(label, TEXT) } else { title(label, TEXT) };
        let tab = Tab::new().val(TabValueType::Left).pos(usize::try_from(hang).unwrap_or(0));
        paragraph.add_tab(tab).add_run(label.add_tab()).add_run(value(it))
    });
    lines.collect()
}

fn row(cells: &[Cell]) -> TableRow {
    let height = cells.iter().map(|it| it.height).max().unwrap_or(0);
    let row = TableRow::new(cells.iter().map(cell).collect());
    if height == 0 {
        return row;
    }
    // 56.7 twentieths of a point are a millimetre.
    let height = f32::from(u16::try_from(height).unwrap_or(0)) * 56.7;
    row.row_height(height).height_rule(HeightRule::AtLeast)
}

fn cell(it: &Cell) -> TableCell {
    let align = match it.align {
        Align::Left => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
    };
    let mut cell = TableCell::new()
        .grid_span(it.span)
        .width(WIDTH / UNITS * it.span, WidthType::Dxa)
        .vertical_align(VAlignType::Center);
    if it.paragraphs.is_empty() {
        cell = cell.add_paragraph(Paragraph::new());
    }
    for line in &it.paragraphs {
        let run = if it.label && it.span == UNITS { title(line, FORM) } else { text(line, FORM) };
        cell = cell.add_paragraph(Paragraph::new().align(align).add_run(run));
    }
    cell
}

fn signature(it: &Signature, pictures: &mut Pictures) -> Result<TableCell, RenderError> {
    let line = |text: Run, align| Paragraph::new().align(align).add_run(text);
    let mut cell = TableCell::new()
        .width(WIDTH / 2, WidthType::Dxa)
        .add_paragraph(line(text(&format!("{}：", it.label), FORM), AlignmentType::Left));
    cell = match &it.picture {
        Some(bytes) => {
            let size = picture_size(bytes)
                .map_err(|reason| RenderError::Signature { label: it.label.clone(), reason })?;
            cell.add_paragraph(line(pictures.run(bytes, size, 12), AlignmentType::Center))
        }
        None => cell.add_paragraph(Paragraph::new()),
    };
    Ok(cell
        .add_paragraph(line(text(&it.name, TEXT), AlignmentType::Center))
        .add_paragraph(line(text(&it.mark, SMALL), AlignmentType::Left))
        .add_paragraph(line(text(&it.day, FORM), AlignmentType::Right)))
}

fn verified(it: &Verified, pictures: &mut Pictures) -> Table {
    let line = |words: &str| Paragraph::new().add_run(text(words, SMALL));
    let mut code = TableCell::new().width(1_500, WidthType::Dxa).clear_all_border();
    code = match picture_size(&it.picture) {
        Ok(size) => {
            code.add_paragraph(Paragraph::new().add_run(pictures.run(&it.picture, size, 22)))
        }
        Err(_) => code.add_paragraph(Paragraph::new()),
    };
    let words = TableCell::new()
        .width(WIDTH - 1_500, WidthType::Dxa)
        .clear_all_border()
        .vertical_align(VAlignType::Center)
        .add_paragraph(line(&format!("核验编号：{}", it.number)))
        .add_paragraph(line(&format!("文书摘要：{}", it.short_hash)));
    let row = TableRow::new(vec![code, words]).cant_split();
    table(vec![row], &[1_500, WIDTH - 1_500]).clear_all_border()
}

fn table(rows: Vec<TableRow>, columns: &[usize]) -> Table {
    Table::new(rows)
        .set_grid(columns.to_vec())
        .layout(TableLayoutType::Fixed)
        .width(columns.iter().sum(), WidthType::Dxa)
}

fn footer() -> Footer {
    let part = |words: &str| text(words, SMALL);
    // Fields in runs of their own: the library's shorthand has no size.
    let field = |instruction| {
        Run::new()
            .size(SMALL)
            .add_field_char(FieldCharType::Begin, false)
            .add_instr_text(instruction)
            .add_field_char(FieldCharType::Separate, false)
            .add_text("1")
            .add_field_char(FieldCharType::End, false)
    };
    let line = Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(part("第 "))
        .add_run(field(InstrText::PAGE(InstrPAGE::new())))
        .add_run(part(" 页　共 "))
        .add_run(field(InstrText::NUMPAGES(InstrNUMPAGES::new())))
        .add_run(part(" 页"));
    Footer::new().add_paragraph(line)
}

fn paragraph() -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(LINE))
}

/// By two characters. `first_line_chars` would say it better, but `LibreOffice` ignores it.
fn indented() -> Paragraph {
    let first = SpecialIndentType::FirstLine(2 * CHARACTER);
    paragraph().indent(None, Some(first), None, None)
}

fn gap() -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().line_rule(LineSpacingType::Exact).line(160))
}

fn text(words: &str, size: usize) -> Run {
    Run::new().add_text(words).size(size)
}

fn title(words: &str, size: usize) -> Run {
    text(words, size).bold().fonts(RunFonts::new().east_asia("黑体"))
}

impl Pictures {
    /// A picture of that height in millimetres.
    fn run(&mut self, bytes: &[u8], (width, height): (u32, u32), millimetres: u32) -> Run {
        const MILLIMETRE: u32 = 36_000;
        let tall = millimetres * MILLIMETRE;
        let wide = u64::from(tall) * u64::from(width) / u64::from(height.max(1));
        let wide = u32::try_from(wide).unwrap_or(tall).min(70 * MILLIMETRE);
        self.0 += 1;
        let picture = Pic::new_with_dimensions(bytes.to_vec(), width, height);
        Run::new().add_image(picture.id(format!("rIdImage{}", self.0)).size(wide, tall))
    }
}

/// Width and height of a PNG that can be decoded.
pub(crate) fn picture_size(bytes: &[u8]) -> Result<(u32, u32), String> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    reader.limits(limits);
    let decoded = reader.decode().map_err(|it| format!("{it}"))?;
    Ok((decoded.width(), decoded.height()))
}
