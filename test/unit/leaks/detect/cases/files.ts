import { around, type LeakCase } from './leakCase.ts';

type Make = (key: string) => string;

const formats: readonly (readonly [file: string, make: Make])[] = [
  ['.env', (key) => `STRIPE_SECRET_KEY=${key}\n`],
  ['.env', (key) => `STRIPE_SECRET_KEY="${key}"\n`],
  ['.env', (key) => `STRIPE_SECRET_KEY='${key}' # comment\n`],
  ['.env.local', (key) => `export STRIPE_SECRET_KEY = ${key}\r\n`],
  ['.env.production', (key) => `A=1\nSTRIPE_SECRET_KEY: ${key}\n`],
  ['production.env', (key) => `#STRIPE_SECRET_KEY=${key}\n`],
  ['.envrc', (key) => `export STRIPE_SECRET_KEY="${key}"\n`],
  ['.flaskenv', (key) => `STRIPE_SECRET_KEY=${key}\n`],
  ['config.json', (key) => JSON.stringify({ stripe: { secretKey: key } }, undefined, 2)],
  ['settings.json', (key) => `{"mcp":{"env":{"STRIPE_SECRET_KEY":"${key}"}}}`],
  ['config.yml', (key) => `stripe:\n  secret_key: ${key}\n`],
  ['config.yaml', (key) => `stripe: { secret_key: "${key}" }\n`],
  ['docker-compose.yml', (key) => `    environment:\n      - STRIPE_SECRET_KEY=${key}\n`],
  ['values.yaml', (key) => `key: >-\n  ${key}\n`],
  ['Cargo.toml', (key) => `[stripe]\nsecret_key = "${key}"\n`],
  ['config.ini', (key) => `[stripe]\nsecret_key=${key}\n; old\n`],
  ['application.properties', (key) => `stripe.secret.key=${key}\n`],
  ['main.tf', (key) => `variable "key" {\n  default = "${key}"\n}\n`],
  ['terraform.tfvars', (key) => `stripe_key = "${key}"\n`],
  ['Dockerfile', (key) => `ENV STRIPE_SECRET_KEY=${key}\nARG OTHER\n`],
  ['Dockerfile', (key) => `ENV STRIPE_SECRET_KEY ${key}\n`],
  ['deploy.sh', (key) => `curl https://api.stripe.com/v1/charges -u ${key}:\n`],
  ['deploy.sh', (key) => `STRIPE_API_KEY=${key} node server.js\n`],
  ['deploy.ps1', (key) => `$env:STRIPE_SECRET_KEY = "${key}"\n`],
  ['run.bat', (key) => `set STRIPE_SECRET_KEY=${key}\r\n`],
  ['requests.http', (key) => `GET https://api.stripe.com/v1/balance\nAuthorization: Bearer ${key}\n`],
  ['trace.har', (key) => `{"name":"Authorization","value":"Bearer ${key}"}`],
  ['notebook.ipynb', (key) => JSON.stringify({ cells: [{ source: [`stripe.api_key = "${key}"\n`] }] })],
  ['app.min.js.txt', (key) => `!function(){var e="${key}";return e}();`],
  ['index.js', (key) => `const stripe = require('stripe')('${key}');`],
  ['index.ts', (key) => `const stripe = new Stripe(\`${key}\`);`],
  ['pay.jsx', (key) => `const key = { secret: "${key}" };`],
  ['app.py', (key) => `stripe.api_key = "${key}"`],
  ['app.py', (key) => `auth = ('${key}', '')`],
  ['app.rb', (key) => `Stripe.api_key = '${key}'`],
  ['app.php', (key) => `\\Stripe\\Stripe::setApiKey("${key}");`],
  ['main.go', (key) => `stripe.Key = "${key}"`],
  ['Main.java', (key) => `Stripe.apiKey = "${key}";`],
  ['Main.kt', (key) => `val key = """${key}"""`],
  ['Program.cs', (key) => `StripeConfiguration.ApiKey = @"${key}";`],
  ['main.rs', (key) => `let client = Client::new(r#"${key}"#);`],
  ['app.ex', (key) => `config :stripity_stripe, api_key: "${key}"`],
  ['Main.swift', (key) => `let key = "${key}"`],
  ['main.dart', (key) => `const key = '${key}';`],
  ['pay.lua', (key) => `local key = [[${key}]]`],
  ['pay.pl', (key) => `my $key = q{${key}};`],
  ['pay.clj', (key) => `(def key "${key}")`],
  ['Pay.hs', (key) => `key = "${key}"`],
  ['query.sql', (key) => `INSERT INTO settings VALUES ('stripe', '${key}');`],
  ['README.md', (key) => `Use \`${key}\` for tests.`],
  ['notes.txt', (key) => `The key is ${key}.`],
  ['config.xml', (key) => `<add key="Stripe" value="${key}" />`],
  ['Info.plist', (key) => `<string>${key}</string>`],
  ['data.csv', (key) => `stripe,${key},2026-01-01`],
  ['server.log', (key) => `2026-01-01 12:00:00 DEBUG key=${key} ok`],
  ['change.diff', (key) => `+const key = '${key}';`],
  ['Makefile', (key) => `KEY := ${key}`],
  ['nginx.conf', (key) => `proxy_set_header Authorization "Bearer ${key}";`],
  ['.gitlab-ci.yml', (key) => `variables:\n  KEY: '${key}'`],
  ['Jenkinsfile', (key) => `environment { KEY = '${key}' }`],
  ['.npmrc', (key) => `//registry.example.com/:_authToken=${key}`],
  ['key', (key) => key],
];

const kinds = ['sk_live', 'rk_live', 'sk_test', 'rk_test'] as const;
const lengths = [24, 34, 99] as const;

/** The same key in every kind of file; kind and length take turns. */
export const files: readonly LeakCase[] = formats.map(([path, make], index) => {
  const prefix = kinds[index % kinds.length] ?? 'sk_live';
  const length = lengths[index % lengths.length] ?? 24;
  return around(`${prefix} of ${length} in ${path}: ${make('KEY').trim().split('\n')[0]?.slice(0, 40)}`, make, {
    prefix,
    length,
    context: { path: `project/${path}` },
  });
});
