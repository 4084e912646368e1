/** Files that somebody expands, and those that nobody does: the path, whether it is offered, the text, and what it says then. */
export const yamlRows: readonly (readonly [place: string, path: string, offered: boolean, source: string])[] = [
  ['a value of a service', 'docker-compose.yml', true, `services:\n  a:\n    environment:\n      KEY: §\n`],
  ['a list of a service', 'compose.yaml', true, `services:\n  a:\n    environment:\n      - KEY=§\n`],
  ['a value in quotes', 'compose.override.yml', true, `a: "§"\nb: '§ c'\n`],
  ['a value in brackets', 'compose.yml', true, `a: [b, §]\nc: {d: §}\n`],
  ['a block of text', 'compose.yml', true, `a: |\n  b § c\n`],
  ['a name', 'compose.yml', false, `§: a\n`],
  ['a comment', 'compose.yml', false, `# §\na: 1\n`],
  ['a file with faults', 'compose.yml', false, `a: [§\nb: 1\n`],
  ['settings of Spring', 'src/main/resources/application.yml', true, `stripe:\n  key: §\n`],
  ['settings of Serverless', 'serverless.yml', true, `provider:\n  environment:\n    KEY: §\n`],
  ['a workflow', '.github/workflows/ci.yml', false, `env:\n  KEY: §\n`],
  ['a file of Kubernetes', 'deploy/secret.yaml', false, `stringData:\n  KEY: §\n`],
  ['settings of nobody known', 'config/settings.yml', false, `key: §\n`],
];
