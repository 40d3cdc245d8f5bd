use std::fmt::Write as _;
use std::sync::LazyLock;

use documents::*;

use crate::reading::*;

pub static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

/// `EXPECTORATE=overwrite cargo test -p documents` accepts a change.
#[test]
fn every_form_becomes_archival_pdf_of_so_many_pages() {
    let mut snapshot = String::new();
    for paper in Paper::examples() {
        let pdf = ENGINE.pdf(&paper).unwrap();
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("<pdfaid:part>2</pdfaid:part>"), "{}", paper.form());
        assert!(text.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{}", paper.form());
        let pages = lopdf::Document::load_mem(&pdf).unwrap().get_pages().len();
        writeln!(snapshot, "{:<32}{pages}", paper.template_version()).unwrap();
    }
    expectorate::assert_contents("tests/it/snapshots/pages.txt", &snapshot);
}

#[test]
fn what_goes_into_a_pdf_comes_out_of_it() {
    for paper in Paper::examples() {
        let text = running_text(&ENGINE.pdf(&paper).unwrap());
        for line in lines_of(&serde_json::to_value(&paper).unwrap()) {
            assert!(text.contains(&line), "{}: {line}\n{text}", paper.form());
        }
    }
}

#[test]
fn what_goes_into_a_docx_comes_out_of_it() {
    for paper in Paper::examples() {
        let docx = ENGINE.docx(&paper).unwrap();
        let text = docx_text(&docx);
        assert!(text.contains(&squeezed(&paper.title())), "{}", paper.form());
        for line in lines_of(&serde_json::to_value(&paper).unwrap()) {
            assert!(text.contains(&line), "{}: {line}\n{text}", paper.form());
        }
        for part in ["[Content_Types].xml", "word/styles.xml", "word/settings.xml"] {
            roxmltree::Document::parse(&docx_part(&docx, part)).unwrap();
        }
    }
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    let other = Engine::new();
    for paper in Paper::examples() {
        let form = paper.form();
        assert!(ENGINE.pdf(&paper) == other.pdf(&paper), "PDF of {form}");
        assert!(ENGINE.docx(&paper) == other.docx(&paper), "DOCX of {form}");
        assert!(ENGINE.docx(&paper) == ENGINE.docx(&paper), "DOCX of {form}, twice");
    }
}

#[test]
fn a_paper_survives_being_stored() {
    for paper in Paper::examples() {
        let stored = serde_json::to_string(&paper).unwrap();
        assert!(stored.contains(&format!(r#""form":"{}""#, paper.form())));
        assert_eq!(serde_json::from_str::<Paper>(&stored).unwrap(), paper);
    }
}

#[test]
fn versions_name_their_form() {
    for paper in Paper::examples() {
        let version = paper.template_version();
        assert!(version.starts_with(&format!("{}/", paper.form())), "{version}");
    }
}

fn note(text: &str) -> Paper {
    SituationNote { text: text.to_owned(), ..SituationNote::example() }.into()
}

#[test]
fn what_no_font_has_is_named() {
    for (character, shown) in [
        ('𓀀', "no font has the character 𓀀 (U+13000)"),
        ('😀', "no font has the character 😀 (U+1F600)"),
        ('\u{E000}', "no font has the character \u{E000} (U+E000)"),
        ('\u{7}', "no font has the character \u{7} (U+0007)"),
    ] {
        let paper = note(&format!("说明{character}。"));
        let expected = RenderError::MissingCharacter { character };
        assert_eq!(ENGINE.pdf(&paper).unwrap_err(), expected);
        assert_eq!(ENGINE.docx(&paper).unwrap_err(), expected);
        assert_eq!(ENGINE.check_text(&character.to_string()).unwrap_err(), expected);
        assert_eq!(expected.to_string(), shown);
    }
}

#[test]
fn rare_characters_are_printed() {
    let rare = "𬭎𫔄𠮷㐂𫟹𫖯𬬭𬭛𬳽䶮堃喆犇骉龘〇①㎡℃￥";
    let pdf = ENGINE.pdf(&note(rare)).unwrap();
    assert!(running_text(&pdf).contains(rare), "{}", running_text(&pdf));
}

#[test]
fn data_is_text_and_never_markup() {
    let text = "#let x = 1 *粗* _斜_ $x^2$ <标> @引 \\ // 注 `码` = 题 - 项 {{}} </w:t>&amp;";
    let pdf = ENGINE.pdf(&note(text)).unwrap();
    assert!(running_text(&pdf).contains(&squeezed(text)), "{}", running_text(&pdf));
    assert!(docx_text(&ENGINE.docx(&note(text)).unwrap()).contains(&squeezed(text)));
}

#[test]
fn what_nobody_sees_is_left_out() {
    let hidden = note("第\u{200B}一\u{202E}行\u{FEFF}\r\n\r\n\u{3000}\n第二行\t完");
    let plain = note("第一行\n第二行 完");
    assert!(ENGINE.pdf(&hidden) == ENGINE.pdf(&plain));
    assert!(ENGINE.docx(&hidden) == ENGINE.docx(&plain));
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(240, 80, |x, y| {
        image::Rgb(if (x / 3 + y).is_multiple_of(7) { [0, 0, 0] } else { [255, 255, 255] })
    });
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_drawn_signature_stands_in_its_box() {
    let signed = |picture| {
        let mut paper = SituationNote::example();
        paper.signature.picture = Some(picture);
        Paper::from(paper)
    };
    let pdf = lopdf::Document::load_mem(&ENGINE.pdf(&signed(png())).unwrap()).unwrap();
    let pictures = pdf.objects.values().filter(|it| {
        let dictionary = it.as_stream().map(|it| &it.dict);
        dictionary.is_ok_and(|it| {
            it.get(b"Subtype").is_ok_and(|it| it.as_name().is_ok_and(|it| it == b"Image"))
        })
    });
    assert_eq!(pictures.count(), 1);
    assert!(ENGINE.docx(&signed(png())).is_ok());
    assert!(ENGINE.docx(&signed(png())) == ENGINE.docx(&signed(png())));

    for broken in [Vec::new(), b"GIF89a".to_vec(), png()[..100].to_vec()] {
        let paper = signed(broken);
        for answer in [ENGINE.pdf(&paper), ENGINE.docx(&paper)] {
            assert!(matches!(answer, Err(RenderError::Signature { .. })), "{answer:?}");
        }
    }
}

#[test]
fn empty_forms_can_be_printed_to_be_filled_by_hand() {
    let empty = Party {
        role: "申请人".to_owned(),
        who: Who::Person(Person::default()),
        agents: Vec::new(),
    };
    let paper = Application {
        mediation: Mediation::People,
        office: "徐家汇街道人民调解委员会".to_owned(),
        number: String::new(),
        applicants: vec![empty.clone()],
        respondents: vec![empty],
        facts: String::new(),
        requests: Vec::new(),
        signatures: vec![SignatureBox::empty("申请人（签名、盖章或按指印）")],
        date: None,
        verification: None,
    };
    let text = running_text(&ENGINE.pdf(&paper.clone().into()).unwrap());
    assert!(text.contains("年月日"), "{text}");
    assert!(ENGINE.docx(&paper.into()).is_ok());
}

#[test]
fn the_seal_is_whose_the_data_say() {
    let mut paper = MediationDocument::example();
    paper.seal.name = "上海市徐汇区市场监督管理局徐家汇市场监督管理所".to_owned();
    let text = running_text(&ENGINE.pdf(&paper.into()).unwrap());
    assert!(text.contains("徐家汇市场监督管理所（印章）二〇二六年十一月二十六日"), "{text}");
}
