use documents::*;
use image::{ImageFormat, Rgb, RgbImage};

use crate::papers::ENGINE;
use crate::reading::*;

fn scan(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let dark = (x / 20 + y / 12).is_multiple_of(5) || x < 8 || y < 8;
        Rgb(if dark { [40, 40, 60] } else { [250, 250, 245] })
    });
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn item(title: &str, content: Content) -> Item {
    Item { title: title.to_owned(), remark: String::new(), content }
}

fn paper(title: &str, paper: impl Into<Paper>) -> Item {
    item(title, Content::Paper(Box::new(paper.into())))
}

fn file(items: Vec<Item>) -> CaseFileData {
    CaseFileData { cover: Cover::example(), items, back_cover: BackCover::example() }
}

/// All kinds of items; more than sixty pages; contents of more than one page.
fn long_file(foreign: bool) -> CaseFileData {
    let mut items = vec![
        paper("人民调解申请书", Application::example()),
        paper("当事人权利义务告知书", RightsNotice::example()),
        item("身份证明（吉𠮷𬭎）", Content::Picture(scan(640, 400, ImageFormat::Jpeg))),
        paper("授权委托书", PowerOfAttorney::example()),
    ];
    if foreign {
        let pdf = ENGINE.pdf(&Minutes::example().into()).unwrap();
        items.push(item("对方提交的笔录", Content::Pdf(pdf)));
    }
    for at in 1..=40 {
        let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][at % 3];
        let picture = scan(124, 175, format);
        items.push(item(&format!("证据材料之{}", in_words(at)), Content::Picture(picture)));
    }
    items.extend([
        paper("人民调解记录", Minutes::example()),
        paper("人民调解协议书", Agreement::example()),
        paper("卷宗情况说明", SituationNote::example()),
    ]);
    file(items)
}

/// The contents as printed: pages of each title.
fn printed_contents(texts: &[String], items: &[ItemPages]) -> Vec<String> {
    let first = items[0].pages.start() - 1;
    let contents: String = texts[1..first].concat();
    let mut rest = contents.as_str();
    let mut found = Vec::new();
    for (at, it) in items.iter().enumerate() {
        let row = format!("{}{}", at + 1, squeezed(&it.title));
        let start = rest.find(&row).unwrap_or_else(|| panic!("{row} in {rest}"));
        rest = &rest[start + row.len()..];
        let is_number = |it: char| it.is_ascii_digit() || it == '-';
        let end = rest.find(|it| !is_number(it)).unwrap_or(rest.len());
        // The number of the next row follows without a gap.
        let next = (at + 2).to_string();
        let pages = if at + 1 < items.len() { rest[..end].strip_suffix(&next) } else { None };
        let pages = pages.filter(|it| !it.is_empty()).unwrap_or(&rest[..end]);
        found.push(pages.to_owned());
        rest = &rest[pages.len()..];
    }
    found
}

#[test]
fn numbers_in_the_contents_are_those_of_the_pages() {
    for foreign in [false, true] {
        let data = long_file(foreign);
        let made = case_file(&ENGINE, &data, |_| {}).unwrap();
        let texts = page_texts(&made.pdf);
        assert!(made.pages > 60, "{}", made.pages);
        assert_eq!(texts.len(), made.pages);
        assert_eq!(made.archival, !foreign);
        assert_eq!(made.items.len(), data.items.len());

        let mut next = *made.items[0].pages.start();
        let before = next - 1;
        for it in &made.items {
            assert_eq!(*it.pages.start(), next, "{}: no page between items", it.title);
            next = it.pages.end() + 1;
            for (page, number) in it.pages.clone().zip(it.numbers.clone()) {
                assert_eq!(page, number + before);
                let text = &texts[page - 1];
                let number = number.to_string();
                let shown = text.starts_with(&number)
                    || text.starts_with(&format!("{}{number}", squeezed(&it.title)))
                    || text.contains(&format!("）{number}"));
                assert!(shown, "page {page} shows {number}: {text}");
            }
        }
        assert_eq!(next, made.pages, "only the back cover follows");
        assert!(texts[made.pages - 1].contains(&format!("共{}页", next - 1 - before)));

        let printed = printed_contents(&texts, &made.items);
        for (it, printed) in made.items.iter().zip(printed) {
            let (first, last) = (it.numbers.start(), it.numbers.end());
            let expected =
                if first == last { first.to_string() } else { format!("{first}-{last}") };
            assert_eq!(printed, expected, "{}", it.title);
        }
    }
}

#[test]
fn every_item_has_its_bookmark() {
    let made = case_file(&ENGINE, &long_file(true), |_| {}).unwrap();
    let pdf = lopdf::Document::load_mem(&made.pdf).unwrap();
    let bookmarks: Vec<_> =
        pdf.get_toc().unwrap().toc.into_iter().map(|it| (it.title, it.page)).collect();
    let mut expected = vec![("调解卷宗".to_owned(), 1), ("卷内目录".to_owned(), 2)];
    expected.extend(made.items.iter().map(|it| (it.title.clone(), *it.pages.start())));
    expected.push(("卷宗封底".to_owned(), made.pages));
    assert_eq!(bookmarks, expected);
}

#[test]
fn the_same_file_gives_the_same_bytes_and_tells_how_far_it_is() {
    let data = long_file(false);
    let mut told = Vec::new();
    let made = case_file(&ENGINE, &data, |it| told.push(it)).unwrap();
    assert!(made == case_file(&Engine::new(), &data, |_| {}).unwrap());

    let stages = [Stage::Reading, Stage::Setting, Stage::Writing];
    let at = |it: &Progress| stages.iter().position(|stage| *stage == it.stage).unwrap();
    assert!(told.is_sorted_by_key(|it| (at(it), it.done)));
    let last = Progress { stage: Stage::Writing, done: 1, of: 1 };
    assert_eq!(told.last(), Some(&last));
    let read = told.iter().filter(|it| it.stage == Stage::Reading).count();
    assert_eq!(read, data.items.len() + 1);
}

#[test]
fn a_file_without_items_is_a_cover_and_empty_contents() {
    let made = case_file(&ENGINE, &file(Vec::new()), |_| {}).unwrap();
    assert_eq!((made.pages, made.items.len()), (3, 0));
    assert!(page_texts(&made.pdf)[2].contains("共0页"));
}

fn encrypted() -> Vec<u8> {
    let pdf = ENGINE.pdf(&SituationNote::example().into()).unwrap();
    let mut pdf = lopdf::Document::load_mem(&pdf).unwrap();
    let version = lopdf::EncryptionVersion::V2 {
        document: &pdf,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    pdf.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn what_keeps_an_item_out_is_named_with_the_item() {
    let png = scan(300, 300, ImageFormat::Png);
    let jpeg = scan(300, 300, ImageFormat::Jpeg);
    let missing = ItemError::Paper(Box::new(RenderError::MissingCharacter { character: '😀' }));
    let smiling = SituationNote { text: "😀".to_owned(), ..SituationNote::example() };
    let cases: Vec<(Item, fn(&ItemError) -> bool)> = vec![
        (item("坏", Content::Pdf(b"%PDF-1.7 nothing".to_vec())), |it| *it == ItemError::BrokenPdf),
        (item("空", Content::Pdf(Vec::new())), |it| *it == ItemError::BrokenPdf),
        (item("密", Content::Pdf(encrypted())), |it| *it == ItemError::Encrypted),
        (item("半", Content::Picture(png[..png.len() / 2].to_vec())), |it| {
            matches!(it, ItemError::BrokenPicture(_))
        }),
        (item("头", Content::Picture(jpeg[..40].to_vec())), |it| {
            matches!(it, ItemError::BrokenPicture(_))
        }),
        (item("文", Content::Picture(b"text".to_vec())), |it| *it == ItemError::UnknownPicture),
        (item("动", Content::Picture(b"GIF89a....".to_vec())), |it| {
            *it == ItemError::UnknownPicture
        }),
        (item("😀", Content::Picture(png.clone())), |it| matches!(it, ItemError::Paper(_))),
        (paper("说明", smiling), |it| matches!(it, ItemError::Paper(_))),
    ];
    for (broken, expected) in cases {
        let title = broken.title.clone();
        let data = file(vec![paper("申请书", Application::example()), broken]);
        let error = case_file(&ENGINE, &data, |_| {}).unwrap_err();
        let RenderError::Item { number: 2, title: named, reason } = &error else {
            panic!("{title}: {error}");
        };
        assert_eq!(*named, title);
        assert!(expected(reason), "{error}");
    }
    assert!(missing.to_string().contains("U+1F600"));
}

#[test]
fn a_file_has_bounds() {
    let item = item("说明", Content::Picture(Vec::new()));
    let error = case_file(&ENGINE, &file(vec![item; 2_001]), |_| {}).unwrap_err();
    assert_eq!(error, RenderError::TooMany { what: "items", count: 2_001, limit: 2_000 });
}
