//! A page as a reader meets it: words, fields, tables, links, forms.

use scraper::{ElementRef, Html, Selector};

/// A page or a fragment of one.
pub struct Page(Html);

impl Page {
    pub fn parse(html: &str) -> Page {
        // Outside a table the parser would drop rows.
        let rows_only = html.trim_start().starts_with("<tr");
        if rows_only {
            Page(Html::parse_document(&format!(
                "<table><tbody>{html}</tbody></table>"
            )))
        } else {
            Page(Html::parse_document(html))
        }
    }

    /// All its words, one blank between them.
    pub fn words(&self) -> String {
        self.texts("body").join(" ")
    }

    /// Whether these words stand somewhere on it.
    pub fn says(&self, words: &str) -> bool {
        self.words().contains(words)
    }

    /// The words of the browser's tab.
    pub fn title(&self) -> String {
        self.text("title")
    }

    /// The words of the first element that matches; there must be one.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.texts(css)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("no {css} in: {}", self.words()))
    }

    /// The words of every element that matches.
    #[track_caller]
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.0.select(&selector(css)).map(words_of).collect()
    }

    /// An attribute of every element that matches and has it.
    #[track_caller]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.0
            .select(&selector(css))
            .filter_map(|element| element.attr(name))
            .map(str::to_owned)
            .collect()
    }

    pub fn has(&self, css: &str) -> bool {
        self.0.select(&selector(css)).next().is_some()
    }

    /// An attribute of the first element that matches.
    #[track_caller]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let element = self.0.select(&selector(css)).next();
        element?.attr(name).map(str::to_owned)
    }

    /// The field a form calls by this name; there must be one.
    #[track_caller]
    pub fn field(&self, name: &str) -> Field {
        let css = format!("[name=\"{name}\"]");
        let Some(element) = self.0.select(&selector(&css)).next() else {
            panic!("no field {name} in: {}", self.words());
        };
        let described = element.attr("aria-describedby").unwrap_or_default();
        let error = described
            .split_whitespace()
            .find(|id| id.starts_with("error-"))
            .map(|id| self.text(&format!("[id=\"{id}\"]")));
        Field {
            value: value_of(element).unwrap_or_default(),
            error: error.unwrap_or_default(),
        }
    }

    /// Every complaint beside a field.
    pub fn errors(&self) -> Vec<String> {
        self.texts(".error")
    }

    /// Every link: its words, where it leads.
    pub fn links(&self) -> Vec<(String, String)> {
        self.0
            .select(&selector("a[href]"))
            .map(|link| {
                let to = link.attr("href").unwrap_or_default();
                (words_of(link), to.to_owned())
            })
            .collect()
    }

    /// Where the link with these words leads; there must be one.
    #[track_caller]
    pub fn link(&self, words: &str) -> String {
        let links = self.links();
        match links.iter().find(|(text, _)| text == words) {
            Some((_, to)) => to.clone(),
            None => panic!("no link {words:?} among {links:?}"),
        }
    }

    /// The first form that matches, as it stands; there must be one.
    #[track_caller]
    pub fn form(&self, css: &str) -> Form {
        let Some(form) = self.0.select(&selector(css)).next() else {
            panic!("no form {css} in: {}", self.words());
        };
        let fields = form
            .select(&selector("input, select, textarea"))
            .filter_map(|field| Some((field.attr("name")?.to_owned(), value_of(field)?)))
            .collect();
        let address = |name| form.attr(name).map(str::to_owned);
        Form {
            posts: form.attr("method") == Some("post") || form.attr("hx-post").is_some(),
            action: address("action")
                .or_else(|| address("hx-post"))
                .or_else(|| address("hx-get"))
                .unwrap_or_default(),
            fields,
        }
    }

    /// The form around a button, or the one it names, as that button sends it; there must be one.
    #[track_caller]
    pub fn form_sent_by(&self, button: &str) -> Form {
        let mut form = match self.attribute(button, "form") {
            Some(named) => self.form(&format!("[id='{named}']")),
            None => self.form(&format!("form:has({button})")),
        };
        if let Some(action) = self.attribute(button, "formaction") {
            form.action = action;
        }
        form
    }

    /// The table under this title; there must be one.
    #[track_caller]
    pub fn table(&self, title: &str) -> Table {
        let css = format!("[aria-label=\"{title}\"] table");
        let Some(table) = self.0.select(&selector(&css)).next() else {
            panic!("no table {title} in: {}", self.words());
        };
        Table::of(table)
    }

    /// The rows of all tables.
    pub fn rows(&self) -> Vec<Row> {
        self.0
            .select(&selector("table"))
            .flat_map(|table| Table::of(table).rows)
            .collect()
    }
}

/// A field of a form.
#[derive(Debug)]
pub struct Field {
    value: String,
    error: String,
}

impl Field {
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The complaint beside it; empty when there is none.
    pub fn error(&self) -> &str {
        &self.error
    }
}

/// A form, hidden fields included, ready to be filled in and sent.
#[derive(Debug, Clone)]
pub struct Form {
    pub posts: bool,
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// Fills in a field, ticks a box, chooses an option.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Form {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, filled)) => value.clone_into(filled),
            None => self.fields.push((name.into(), value.into())),
        }
        self
    }

    /// Fills in every field whose name begins so.
    #[must_use]
    pub fn with_all(mut self, prefix: &str, value: &str) -> Form {
        for (name, filled) in &mut self.fields {
            if name.starts_with(prefix) {
                value.clone_into(filled);
            }
        }
        self
    }

    /// Fills in a field that every row has, in one of them, counted from 0; it must be there.
    #[must_use]
    #[track_caller]
    pub fn with_in_row(mut self, row: usize, name: &str, value: &str) -> Form {
        let mut fields = self.fields.iter_mut().filter(|(field, _)| field == name);
        match fields.nth(row) {
            Some((_, filled)) => value.clone_into(filled),
            None => panic!("no {name} in row {row}"),
        }
        self
    }

    /// Leaves out a field, as a box that is not ticked.
    #[must_use]
    pub fn without(mut self, name: &str) -> Form {
        self.fields.retain(|(field, _)| field != name);
        self
    }
}

/// A table with its head.
#[derive(Debug)]
pub struct Table {
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug)]
pub struct Row {
    heads: Vec<String>,
    cells: Vec<String>,
}

impl Table {
    fn of(table: ElementRef<'_>) -> Table {
        let heads: Vec<String> = table.select(&selector("thead th")).map(words_of).collect();
        let rows = table
            .select(&selector("tbody tr"))
            .map(|row| Row {
                heads: heads.clone(),
                cells: row.select(&selector("td, th")).map(words_of).collect(),
            })
            .collect();
        Table { rows }
    }

    /// The first row that holds these words; there must be one.
    #[track_caller]
    pub fn row(&self, words: &str) -> &Row {
        self.rows
            .iter()
            .find(|row| row.words().contains(words))
            .unwrap_or_else(|| panic!("no row with {words:?} in {self:#?}"))
    }

    /// One column, from top to bottom.
    #[track_caller]
    pub fn column(&self, head: &str) -> Vec<&str> {
        self.rows.iter().map(|row| row.cell(head)).collect()
    }
}

impl Row {
    pub fn words(&self) -> String {
        self.cells.join(" ")
    }

    /// The cell under this head.
    #[track_caller]
    pub fn cell(&self, head: &str) -> &str {
        let at = self.heads.iter().position(|words| words == head);
        at.and_then(|at| self.cells.get(at))
            .unwrap_or_else(|| panic!("no cell {head} in {self:?}"))
    }
}

#[track_caller]
fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

fn words_of(element: ElementRef<'_>) -> String {
    let text: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    text.join(" ")
}

/// What a browser would send for a field; none when it would not send it.
pub fn value_of(field: ElementRef<'_>) -> Option<String> {
    if field.attr("disabled").is_some() {
        return None;
    }
    match (field.value().name(), field.attr("type").unwrap_or_default()) {
        ("textarea", _) => Some(field.text().collect()),
        ("select", _) => {
            let options: Vec<ElementRef<'_>> = field.select(&selector("option")).collect();
            let chosen = options
                .iter()
                .find(|option| option.attr("selected").is_some())
                .or(options.first())?;
            Some(
                chosen
                    .attr("value")
                    .map_or_else(|| words_of(*chosen), str::to_owned),
            )
        }
        (_, "checkbox" | "radio") if field.attr("checked").is_none() => None,
        (_, "checkbox" | "radio") => Some(field.attr("value").unwrap_or("on").to_owned()),
        (_, "submit" | "button" | "file") => None,
        _ => Some(field.attr("value").unwrap_or_default().to_owned()),
    }
}

#[test]
fn a_form_is_sent_as_a_browser_would() {
    let page = Page::parse(
        "<form id=f method=post action=/x><input type=hidden name=key value=k>\
         <input type=checkbox name=off><input type=checkbox name=on checked>\
         <select name=s><option value=1>A<option value=2 selected>B</select><textarea name=t>hi</textarea></form>",
    );

    let form = page.form("#f").with("t", "ho");

    let fields: Vec<String> = form
        .fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!((form.posts, form.action.as_str()), (true, "/x"));
    assert_eq!(fields, ["key=k", "on=on", "s=2", "t=ho"]);
}
