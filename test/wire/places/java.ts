import type { PlaceRow } from './row.ts';

/** Each is a package of its own. */
export const javaRows: readonly PlaceRow[] = [
  ['a field', true, `class A {\n  String key = "§";\n}\n`],
  ['a constant', true, `class A {\n  static final String KEY = "§";\n}\n`],
  [
    'a constant that a case needs',
    false,
    `class A {\n  static final String KEY = "§";\n  int f(String a) {\n    switch (a) {\n      case KEY: return 1;\n      default: return 2;\n    }\n  }\n}\n`,
  ],
  [
    'a constant that an annotation needs',
    false,
    `class A {\n  static final String KEY = "§";\n  @SuppressWarnings(KEY) void f() {}\n}\n`,
  ],
  ['an argument', true, `class A {\n  int f() { return "a".indexOf("§"); }\n}\n`],
  ['a part of an argument', true, `class A {\n  int f() { return "a".indexOf("Bearer §!"); }\n}\n`],
  [
    'a case',
    false,
    `class A {\n  int f(String a) {\n    switch (a) {\n      case "§": return 1;\n      default: return 2;\n    }\n  }\n}\n`,
  ],
  [
    'a case of an expression',
    false,
    `class A {\n  int f(String a) {\n    return switch (a) {\n      case "b", "§" -> 1;\n      default -> 2;\n    };\n  }\n}\n`,
  ],
  [
    'what a case gives',
    true,
    `class A {\n  String f(int a) {\n    return switch (a) {\n      case 1 -> "§";\n      default -> "b";\n    };\n  }\n}\n`,
  ],
  ['an annotation', false, `@SuppressWarnings("§")\nclass A {}\n`],
  ['an annotation by name', false, `class A {\n  @SuppressWarnings(value = {"a", "§"}) void f() {}\n}\n`],
  ['a default of an annotation', false, `@interface A {\n  String key() default "§";\n}\n`],
  ['what is given back', true, `class A {\n  String f() {\n    return "§";\n  }\n}\n`],
  ['a list', true, `class A {\n  String[] all = {"a", "§"};\n}\n`],
  ['a lambda', true, `class A {\n  java.util.function.Supplier<String> f = () -> "§";\n}\n`],
  ['a method of it', true, `class A {\n  int f = "§".length();\n  int g = "a §".length();\n}\n`],
  ['a sum', true, `class A {\n  String f(String a) { return a + "a §" + a; }\n}\n`],
  ['literals that are joined', true, `class A {\n  String key = "‹" + "›";\n}\n`],
  ['a block of text', true, `class A {\n  String key = """\n      §""";\n}\n`],
  ['a part of a block of text', false, `class A {\n  String key = """\n      a\n      §\n      """;\n}\n`],
  ['an argument of an enumeration', true, `enum A {\n  X("§");\n  A(String key) {}\n}\n`],
  ['an argument of a constructor', true, `class A {\n  A(String key) {}\n  A() { this("§"); }\n}\n`],
  ['a constant of an interface', true, `interface A {\n  String KEY = "§";\n}\n`],
  ['a choice and a cast', true, `class A {\n  Object f(boolean b) { return b ? (Object) "§" : null; }\n}\n`],
  ['a comment', false, `class A {\n  // §\n  /* § */ int a;\n}\n`],
];
