import type { PlaceRow } from './row.ts';

/** Each is in a namespace of its own. */
export const csharpRows: readonly PlaceRow[] = [
  ['a field', true, `namespace P#N { class A { string key = "§"; } }\n`],
  [
    'a field with the namespace there',
    true,
    `using System;\nnamespace P#N { class A { static readonly string key = "§"; } }\n`,
  ],
  [
    'a member called as the class that reads',
    true,
    `using System;\nnamespace P#N { class A { string Environment { get; set; } string F() { return "§" + Environment; } } }\n`,
  ],
  ['a constant', false, `namespace P#N { class A { public const string Key = "§"; } }\n`],
  [
    'a constant of a method',
    false,
    `namespace P#N { class A { string F() { const string key = "§"; return key; } } }\n`,
  ],
  ['an attribute', false, `namespace P#N { [System.Obsolete("§")] class A { } }\n`],
  ['a default', false, `namespace P#N { class A { string F(string a = "§") { return a; } } }\n`],
  [
    'a case',
    false,
    `namespace P#N { class A { int F(string a) { switch (a) { case "§": return 1; default: return 2; } } } }\n`,
  ],
  ['a pattern', false, `namespace P#N { class A { bool F(string a) { return a is "§"; } } }\n`],
  ['an argument', true, `namespace P#N { class A { int F() { return "a".IndexOf("§"); } } }\n`],
  ['a part of an argument', true, `namespace P#N { class A { int F() { return "a".IndexOf("Bearer §"); } } }\n`],
  ['a verbatim text', true, `namespace P#N { class A { string key = @"§"; } }\n`],
  ['a part of a verbatim text', true, `namespace P#N { class A { string key = @"c:\\§"; } }\n`],
  [
    'a part of an interpolated text',
    true,
    `namespace P#N { class A { string F(int x) { return $"a {x} § {x}"; } } }\n`,
  ],
  ['a property', true, `namespace P#N { class A { string Key { get; set; } = "§"; string B => "§"; } }\n`],
  [
    'an initializer',
    true,
    `namespace P#N { class A { public string Key; static A F() { return new A { Key = "§" }; } } }\n`,
  ],
  ['a list', true, `namespace P#N { class A { string[] all = { "a", "§" }; } }\n`],
  [
    'a map',
    true,
    `namespace P#N { class A { object all = new System.Collections.Generic.Dictionary<string, string> { { "key", "§" } }; } }\n`,
  ],
  ['a lambda', true, `namespace P#N { class A { System.Func<string> f = () => "§"; } }\n`],
  ['a method of it', true, `namespace P#N { class A { int F() { return "§".Length + "a §".Length; } } }\n`],
  ['a choice', true, `namespace P#N { class A { string F(bool b) { return b ? "§" : "b"; } } }\n`],
  ['literals that are joined', true, `namespace P#N { class A { string key = "‹" + "›"; } }\n`],
  ['a region', false, `namespace P#N { class A {\n#region §\n#endregion\n} }\n`],
  ['a comment', false, `namespace P#N { class A { /* § */ } }\n`],
];
