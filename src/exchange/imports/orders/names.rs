//! What products nobody knows are to be called, and what they cost.

use std::borrow::Borrow;
use std::collections::HashMap;

use super::codes;
use super::reading::NewProduct;
use crate::types::{Money, Sku};

/// Names and prices the lines of a file give to each SKU.
#[derive(Debug, Default)]
pub struct Names {
    said: HashMap<Box<str>, Said>,
}

#[derive(Debug, Default)]
struct Said {
    names: Votes<Box<str>>,
    prices: Votes<Money>,
}

impl Names {
    /// A line speaks of a product.
    pub fn hear(&mut self, sku: &str, description: &str, price: Option<Money>) {
        if !self.said.contains_key(sku) {
            self.said.insert(sku.into(), Said::default());
        }
        let Some(said) = self.said.get_mut(sku) else {
            return;
        };
        if !codes::is_no_name(description) {
            said.names.cast(description);
        }
        if let Some(price) = price.filter(|price| *price > Money::ZERO) {
            said.prices.cast(&price);
        }
    }

    /// Whether any line sells it.
    pub fn is_goods(&self, sku: &Sku) -> bool {
        let said = self.said.get(sku.as_str());
        said.is_some_and(|said| said.prices.most().is_some())
    }

    /// The name most lines give it; its SKU when none does.
    pub fn name(&self, sku: &Sku) -> String {
        match self
            .said
            .get(sku.as_str())
            .and_then(|said| said.names.most())
        {
            Some(name) => plain(name),
            None => sku.to_string(),
        }
    }

    /// As a product to be created.
    pub fn product(&self, sku: &Sku) -> NewProduct {
        let price = self
            .said
            .get(sku.as_str())
            .and_then(|said| said.prices.most());
        NewProduct {
            sku: sku.clone(),
            name: self.name(sku),
            price: price.copied().unwrap_or(Money::ZERO),
        }
    }
}

/// Single blanks, no control characters, as long as a name may be.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(300).collect()
}

/// What was said most often; of equals, what was said first.
#[derive(Debug)]
struct Votes<T>(Vec<(T, usize)>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Votes<T> {
    fn cast<V>(&mut self, what: &V)
    where
        T: Borrow<V> + From<V::Owned>,
        V: ?Sized + ToOwned + PartialEq,
    {
        if let Some((_, times)) = self.0.iter_mut().find(|(said, _)| said.borrow() == what) {
            *times += 1;
        } else if self.0.len() < 32 {
            // Enough to know; a file that names a product differently on each line stays quick. Most
            // name it once.
            self.0.reserve_exact(1);
            self.0.push((what.to_owned().into(), 1));
        }
    }

    fn most(&self) -> Option<&T> {
        let times = self.0.iter().map(|(_, times)| *times).max()?;
        self.0
            .iter()
            .find(|(_, said)| *said == times)
            .map(|(what, _)| what)
    }
}
