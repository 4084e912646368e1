import type { PlaceRow } from './row.ts';

/** Each is a package of its own. */
export const kotlinRows: readonly PlaceRow[] = [
  ['a value', true, `val key = "§"\n`],
  ['a value with a type', true, `val key: String = "§"\n`],
  ['a constant', false, `const val KEY = "§"\n`],
  ['a constant of a companion', false, `class A {\n    companion object {\n        const val KEY = "§"\n    }\n}\n`],
  ['a value of a companion', true, `class A {\n    companion object {\n        val KEY = "§"\n    }\n}\n`],
  ['an annotation', false, `@Suppress("§")\nclass A\n`],
  ['an annotation of a file', false, `class A {\n    @Suppress("a", "§")\n    fun f() {}\n}\n`],
  ['an argument', true, `fun f(a: String) = a\nval a = f("§")\n`],
  ['an argument by name', true, `fun f(a: String) = a\nval a = f(a = "§")\n`],
  ['a part of an argument', true, `fun f(a: String) = a\nval a = f("Bearer §")\n`],
  ['a part of a text with a variable', true, `fun f(x: Int): String {\n    return "a $x § \${x + 1}"\n}\n`],
  ['a default', true, `fun f(a: String = "§") = a\n`],
  ['a default of a constructor', true, `class A(val key: String = "§")\n`],
  [
    'a condition',
    true,
    `fun f(a: String): Int {\n    return when (a) {\n        "§" -> 1\n        else -> 2\n    }\n}\n`,
  ],
  [
    'what a condition gives',
    true,
    `fun f(a: Int): String {\n    return when (a) {\n        1 -> "§"\n        else -> "b"\n    }\n}\n`,
  ],
  ['a raw text', true, `val key = """§"""\n`],
  ['a part of a raw text with a method', true, `val key = """\n    a § b\n""".trimIndent()\n`],
  ['a map', true, `val all = mapOf("key" to "§")\n`],
  ['a function of one expression', true, `fun f() = "§"\n`],
  ['something lazy', true, `val key by lazy { "§" }\n`],
  ['a comment', false, `// §\nval a = 1\n`],
  ['literals that are joined', true, `val key = "‹" + "›"\n`],
];
