//! The keys of a keyboard, as the DevTools protocol wants them described.

use serde_json::{Value, json};

/// The parameters of `Input.dispatchKeyEvent` for a key: `a`, `?`, `Enter`, `Control+k`.
pub fn pressed(words: &str) -> Value {
    // A plus sign alone is a key, too.
    let (modifiers, name) = match words.rsplit_once('+') {
        Some((modifiers, name)) if !name.is_empty() => (modifiers, name),
        _ => ("", words),
    };
    let (key, code, text) = described(name);
    let modifiers =
        modifiers.split('+').map(modifier).sum::<u32>() + u32::from(needs_shift(name)) * 8;

    let mut event = json!({ "type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers });
    // With Control or Alt held, a key writes nothing.
    if let Some(text) = text.filter(|_| modifiers & 0b0111 == 0) {
        event["type"] = json!("keyDown");
        event["text"] = json!(text);
    }
    event
}

fn described(name: &str) -> (&str, u32, Option<&str>) {
    match name {
        "Enter" => (name, 13, Some("\r")),
        "Tab" => (name, 9, None),
        "Escape" => (name, 27, None),
        "Space" => (" ", 32, Some(" ")),
        "Backspace" => (name, 8, None),
        "Delete" => (name, 46, None),
        "Home" => (name, 36, None),
        "End" => (name, 35, None),
        "PageUp" => (name, 33, None),
        "PageDown" => (name, 34, None),
        "ArrowLeft" => (name, 37, None),
        "ArrowUp" => (name, 38, None),
        "ArrowRight" => (name, 39, None),
        "ArrowDown" => (name, 40, None),
        "/" | "?" => (name, 191, Some(name)),
        _ => {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => (name, u32::from(letter.to_ascii_uppercase()), Some(name)),
                _ => panic!("no keyboard has a key {name:?}"),
            }
        }
    }
}

fn modifier(name: &str) -> u32 {
    match name {
        "" => 0,
        "Alt" => 1,
        "Control" => 2,
        "Meta" => 4,
        "Shift" => 8,
        _ => panic!("no keyboard has a modifier {name:?}"),
    }
}

fn needs_shift(name: &str) -> bool {
    name == "?" || (name.len() == 1 && name.as_bytes()[0].is_ascii_uppercase())
}
