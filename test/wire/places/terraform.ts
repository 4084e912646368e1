import type { PlaceRow } from './row.ts';

/** Each is a folder of its own. */
export const terraformRows: readonly PlaceRow[] = [
  ['a local value', true, `locals {\n  key = "§"\n}\n`],
  ['a part of a local value', true, `locals {\n  key = "Bearer §"\n}\n`],
  ['an output', true, `output "key" {\n  value     = "§"\n  sensitive = true\n}\n`],
  ['a default of a variable', false, `variable "key" {\n  default = "§"\n}\n`],
  ['a description of a variable', false, `variable "key" {\n  description = "§"\n}\n`],
  ['a name of an object', false, `locals {\n  all = { "§" = 1 }\n}\n`],
  ['a value of an object', true, `locals {\n  all = { key = "§" }\n}\n`],
  ['a list', true, `locals {\n  all = ["a", "§"]\n}\n`],
  ['an argument', true, `locals {\n  key = upper("§")\n}\n`],
  ['a heredoc', true, `locals {\n  key = <<-TEXT\n    a § b\n  TEXT\n}\n`],
  ['a choice', true, `locals {\n  key = true ? "§" : "b"\n}\n`],
  ['an expression in a text', true, `locals {\n  key = "a \${upper("§")}"\n}\n`],
  ['settings of Terraform itself', false, `terraform {\n  backend "local" {\n    path = "§"\n  }\n}\n`],
  ['the source of a module', false, `module "a" {\n  source = "./§"\n}\n`],
  ['the name of a block', false, `output "§" {\n  value = 1\n}\n`],
  ['a comment', false, `# §\nlocals {\n  a = 1\n}\n`],
];
