import type { PlaceRow } from './row.ts';

const takes = 'fn take(_: &str) {}\n';

/** Each is a module of one crate. */
export const rustRows: readonly PlaceRow[] = [
  ['an argument', true, `${takes}pub fn f() {\n    take("§");\n}\n`],
  ['an argument into something owned', true, `fn own(_: impl Into<String>) {}\npub fn f() {\n    own("§");\n}\n`],
  ['an argument by reference to anything', true, `fn own<T: AsRef<str>>(_: T) {}\npub fn f() {\n    own("§");\n}\n`],
  [
    'an argument of a method',
    true,
    `struct C;\nimpl C {\n    fn new(_: &str) -> C {\n        C\n    }\n    fn key(&self, _: &str) {}\n}\npub fn f() {\n    C::new("§").key("a");\n}\n`,
  ],
  ['a name', true, `${takes}pub fn f() {\n    let key = "§";\n    take(key);\n}\n`],
  ['a name with a type', true, `${takes}pub fn f() {\n    let key: &str = "§";\n    take(key);\n}\n`],
  ['a name that lasts', false, `pub fn f() -> &'static str {\n    let key: &'static str = "§";\n    key\n}\n`],
  ['a constant', false, `pub const KEY: &str = "§";\n`],
  ['a static', false, `pub static KEY: &str = "§";\n`],
  ['an attribute', false, `#[doc = "§"]\npub fn f() {}\n`],
  ['a pattern', false, `pub fn f(a: &str) -> i32 {\n    match a {\n        "§" => 1,\n        _ => 2,\n    }\n}\n`],
  ['a condition with a pattern', false, `pub fn f(a: &str) -> i32 {\n    if let "§" = a { 1 } else { 2 }\n}\n`],
  ['an owned text', true, `pub fn f() -> String {\n    "§".to_string()\n}\n`],
  ['an owned text by its type', true, `pub fn f() -> String {\n    String::from("§")\n}\n`],
  [
    'an owned text in a field',
    true,
    `pub struct A {\n    pub key: String,\n}\npub fn f() -> A {\n    A { key: "§".to_owned() }\n}\n`,
  ],
  [
    'a borrowed text in a field',
    false,
    `pub struct A {\n    pub key: &'static str,\n}\npub fn f() -> A {\n    A { key: "§" }\n}\n`,
  ],
  ['what is given back', false, `pub fn f() -> &'static str {\n    "§"\n}\n`],
  ['something or nothing', false, `pub fn f() -> Option<&'static str> {\n    Some("§")\n}\n`],
  ['a macro', false, `pub fn f() {\n    println!("{}", "§");\n}\n`],
  ['a list', false, `pub fn f() -> [&'static str; 1] {\n    ["§"]\n}\n`],
  ['bytes', false, `fn take(_: &[u8]) {}\npub fn f() {\n    take(b"§");\n}\n`],
  ['a raw text', true, `${takes}pub fn f() {\n    take(r#"§"#);\n}\n`],
  ['a part of a text', false, `${takes}pub fn f() {\n    take("Bearer §");\n}\n`],
  [
    'a constant function',
    false,
    `const fn g(a: &str) -> usize {\n    a.len()\n}\npub const fn f() -> usize {\n    g("§")\n}\n`,
  ],
  [
    'a closure in a static',
    true,
    `use std::sync::Mutex;\npub static F: Mutex<Option<fn() -> String>> = Mutex::new(None);\npub fn f() {\n    let g = || "§".to_string();\n    g();\n}\n`,
  ],
  ['a comparison', false, `pub fn f(a: String) -> bool {\n    a == "§"\n}\n`],
  ['a comment', false, `// §\npub fn f() {}\n`],
];
