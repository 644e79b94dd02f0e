//! The charts of the page, as SVG. Each colour stands for a part, and the page's style turns it into one
//! that fits its scheme.

use super::gather::Row;
use amends_inbox::message::one_line;
use jiff::Span;
use jiff::civil::Date;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// These days, the days before, words, and lines; the style names them in the same way.
const NOW: RGBColor = RGBColor(0x2f, 0x6d, 0xa8);
const BEFORE: RGBColor = RGBColor(0xc2, 0xcd, 0xd9);
const INK: RGBColor = RGBColor(0x1b, 0x1e, 0x22);
const LINE: RGBColor = RGBColor(0xd5, 0xd9, 0xde);

const WIDTH: u32 = 720;
const SIZE: i32 = 18;
/// Where bars begin, and the height of a row.
const LEFT: i32 = 280;
const ROW: i32 = 30;

type Drawn = Result<String, Box<dyn std::error::Error + Send + Sync>>;

fn words(at: HPos) -> TextStyle<'static> {
    TextStyle::from(("sans-serif", SIZE).into_font()).color(&INK).pos(Pos::new(at, VPos::Center))
}

/// Each row's figure as a bar, over that of the days before.
pub fn bars(label: &str, rows: &[&Row]) -> Drawn {
    let mut svg = String::new();
    {
        let height = ROW * rows.len() as i32 + 4;
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height as u32)).into_drawing_area();
        let most = rows.iter().map(|row| row.figure.n.max(row.figure.before)).max().unwrap_or(0).max(1);
        let room = WIDTH as i32 - LEFT - 60;
        let length = |n: u32| LEFT + (i64::from(n) * i64::from(room) / i64::from(most)) as i32;
        for (n, row) in rows.iter().enumerate() {
            let top = ROW * n as i32 + 4;
            let middle = top + ROW / 2 - 2;
            area.draw(&Text::new(cut(&row.name), (LEFT - 8, middle), words(HPos::Right)))?;
            let bar = |from: i32, to: i32, n: u32, color: RGBColor| {
                Rectangle::new([(LEFT, top + from), (length(n), top + to)], color.filled())
            };
            area.draw(&bar(17, 22, row.figure.before, BEFORE))?;
            area.draw(&bar(3, 16, row.figure.n, NOW))?;
            let end = length(row.figure.n.max(row.figure.before)) + 6;
            area.draw(&Text::new(row.figure.n.to_string(), (end, middle), words(HPos::Left)))?;
        }
        area.present()?;
    }
    Ok(named(&svg, label))
}

/// A column a day.
pub fn columns(label: &str, first: Date, days: &[u32]) -> Drawn {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, 220)).into_drawing_area();
        let most = days.iter().max().copied().unwrap_or(0).max(4);
        let mut chart = ChartBuilder::on(&area)
            .margin(8)
            .x_label_area_size(28)
            .y_label_area_size(44)
            .build_cartesian_2d(0f64..days.len() as f64, 0f64..f64::from(most) * 1.05)?;
        let day = |n: &f64| {
            let day = first.saturating_add(Span::new().days(*n as i64));
            format!("{:02}-{:02}", day.month(), day.day())
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(LINE)
            .axis_style(LINE)
            .label_style(words(HPos::Center))
            .x_labels(8)
            .y_labels(5)
            .x_label_formatter(&day)
            .y_label_formatter(&|n: &f64| format!("{n:.0}"))
            .draw()?;
        chart.draw_series(days.iter().enumerate().map(|(n, count)| {
            let left = n as f64;
            Rectangle::new([(left + 0.15, 0.0), (left + 0.85, f64::from(*count))], NOW.filled())
        }))?;
        area.present()?;
    }
    Ok(named(&svg, label))
}

/// As much of a name as fits before its bar.
fn cut(name: &str) -> String {
    const MOST: usize = 36;
    let name = one_line(name);
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}

/// With its name, for those who can't see it.
fn named(svg: &str, label: &str) -> String {
    svg.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{label}\" "), 1)
}

#[cfg(test)]
mod tests {
    use super::super::gather::Figure;
    use super::*;

    #[test]
    fn a_chart_says_its_name_and_every_figure() {
        let row = |name: &str, n| Row {
            value: name.into(),
            name: name.into(),
            figure: Figure { n, before: 7 },
            held: 0,
            stands_out: false,
        };
        let (short, long) = (row("a <b> & c", 41), row(&"long ".repeat(20), 12));
        let svg = bars("what went wrong", &[&short, &long]).unwrap();
        assert!(svg.starts_with("<svg role=\"img\" aria-label=\"what went wrong\" "), "{svg}");
        for part in ["41", "12", "a &lt;b&gt; &amp; c", "…", "#2F6DA8", "#C2CDD9"] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        let svg = columns("complaints a day", "2026-11-01".parse().unwrap(), &[0, 3, 9]).unwrap();
        assert!(svg.contains("11-01") && svg.matches("#2F6DA8").count() >= 3, "{svg}");
    }
}
