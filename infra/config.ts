import * as z from 'zod';
import { exampleOrganisation, isExampleAddress, isExampleDomain, localOnly } from './placeholders.ts';
import { elsewhere, heading, type SettingsSource, toldOf, WrongSettings } from './wrong-settings.ts';

/** As on the command line, where everything is text. */
const wholeNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

const yesOrNo = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

const streamOfTable =
  /^arn:aws[\w-]*:dynamodb:[\w-]+:\d{12}:table\/[\w.-]{3,255}\/stream\/\d{4}-\d\d-\d\dT[\d:.]+$/;

/** Rules for receiving mail are named by theirs, and certificates ask for no more: 64 characters at most. */
const domain = /^(?=.{4,64}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/;

/** CloudFront takes certificates of no other region, wherever the stack is. */
const certificate = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]{1,64}$/;

const origin = z
  .string()
  .refine(
    (text) => /^https?:$/.test(protocolOf(text)) && new URL(text).origin === text,
    'Expected an origin',
  );

/** On the command line separated by spaces. */
const origins = z.union([
  z.array(origin).max(50),
  z.string().transform((text) => text.split(/[\s,]+/).filter((one) => one !== '')),
]);

/** A list of names; on the command line separated by spaces. */
const names = (pattern: RegExp) =>
  z
    .union([
      z.array(z.string()),
      z.string().transform((text) => text.split(/[\s,]+/).filter((one) => one !== '')),
    ])
    .pipe(z.array(z.string().regex(pattern)).max(50));

const Settings = z.object({
  stackName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)
    .default('IncidentManagement'),
  organisation: z.string().trim().min(1).max(100),
  administrator: z.email(),
  mailFrom: z.email(),
  alarmEmail: z.email().optional(),
  pagerConcurrency: wholeNumber.pipe(z.int().min(2).max(1_000)).optional(),
  monthlyBudget: wholeNumber.pipe(z.int().min(1).max(1_000_000)).default(30),
  tracing: yesOrNo.default(false),
  restoredTable: z.string().regex(streamOfTable).optional(),
  inboundDomain: z.string().regex(domain).optional(),
  alertsDomain: z.string().regex(domain).optional(),
  alertsCertificate: z.string().regex(certificate).optional(),
  alertsHostedZone: z
    .string()
    .regex(/^Z[A-Z\d]{1,31}$/)
    .optional(),
  trial: yesOrNo.default(false),
  allowedEndpoints: origins.pipe(z.array(origin).max(50)).default([]),
  bedrockModel: z
    .string()
    .regex(/^(?:[a-z0-9-]{1,63}\.)?[a-z0-9-]{1,63}\.[\w.:-]{1,100}$/)
    .optional(),
  bedrockGuardrail: z
    .string()
    .regex(/^[a-z0-9]{1,64}:(?:DRAFT|[1-9]\d{0,7})$/)
    .optional(),
  runbookFunctions: names(/^[\w-]{1,64}\*?$/).default([]),
  runbookDocuments: names(/^[\w.-]{3,128}$/).default([]),
  runbookClusters: names(
    /^(?:org_[0-7][0-9A-HJKMNP-TV-Z]{25}\/)?[a-z]{2}(?:-[a-z]+)+-\d\/[A-Za-z0-9][\w-]{0,99}$/,
  ).default([]),
});

/** What the owner of a deployment decides, in the file of settings or by `-c name=value`. */
export type Settings = z.infer<typeof Settings>;

const allowed: Readonly<Record<keyof Settings, string>> = {
  stackName:
    'the name of the stack: a letter, then up to 127 letters, digits and hyphens; left out, it is IncidentManagement',
  organisation: 'the name of your organisation, 1 to 100 characters',
  administrator: 'the e-mail address of the first administrator, such as ada@your-domain.com',
  mailFrom: 'the e-mail address that pages come from, such as incidents@your-domain.com',
  alarmEmail:
    'the e-mail address that hears about faults of the system itself; left out, the administrator does',
  pagerConcurrency:
    'a whole number from 2 to 1000: as many executions are reserved for each of the two functions that page; left out, none are, and new accounts allow none',
  monthlyBudget:
    'a whole number of US dollars, 1 to 1000000: a mail warns when the account spends more a month; left out, it is 30',
  tracing: 'true or false; with true, X-Ray gets a sample of all invocations; left out, it is false',
  restoredTable:
    'the ARN of the stream of a restored table, such as arn:aws:dynamodb:eu-central-1:123456789012:table/restored/stream/2026-11-24T02:00:00.000; left out, the stack has a table of its own',
  inboundDomain:
    'a domain in small letters, of at most 64 characters, that receives no other mail, such as alert-mail.your-domain.com: what is mailed to the addresses of integrations there is an alert; left out, no mail is received',
  alertsDomain:
    'a domain in small letters, of at most 64 characters, such as alerts.your-domain.com, that senders of alerts are set up with; left out, they are set up with a name of CloudFront',
  alertsCertificate:
    'the ARN of a certificate for alertsDomain in us-east-1, the only region whose certificates CloudFront takes, such as arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012: ask AWS Certificate Manager for one there, whatever region the stack is in',
  alertsHostedZone:
    'the id of a public hosted zone of Route 53, such as Z0123456789ABCDEFGHIJ, that gets the records of alertsDomain; left out, you set them',
  trial: 'true or false; with true, `cdk destroy` leaves nothing behind; left out, it is false',
  allowedEndpoints:
    'a list of at most 50 origins, such as ["https://gateway.internal.example.com:8443"], that requests to vendors, runbooks and clusters may reach although they are private, no https, or on another port than 443; left out, there are none',
  bedrockModel:
    'the id of a model or a regional inference profile of Amazon Bedrock, such as eu.amazon.nova-lite-v1:0, that may draft post-mortems; left out, none is asked',
  bedrockGuardrail:
    'the id of a guardrail of Amazon Bedrock and its version, such as abc123def456:1, that checks what the model gets and writes; left out, there is none',
  runbookFunctions:
    'a list of at most 50 names of Lambda functions, such as ["restart-*"], that `lambda:` steps of runbooks may call, an asterisk only at the end; left out, there are none',
  runbookDocuments:
    'a list of at most 50 names of Automation documents, such as ["AWS-RestartEC2Instance"], that `ssm:` steps of runbooks may start; left out, there are none',
  runbookClusters:
    'a list of at most 50 EKS clusters by region and name, such as ["eu-central-1/production"], that the role of the function Execute may be shown to, with the id of an organisation and a slash before it where it is for that one alone; left out, there are none',
};

/** The names of all settings. */
export const settingNames = Object.keys(allowed) as readonly (keyof Settings)[];

/** Settings that may not be the examples of the project when AWS is to get them, and how an example is known. */
const mustBeOwn = {
  organisation: (value: string) => value === exampleOrganisation,
  administrator: isExampleAddress,
  mailFrom: isExampleAddress,
  alarmEmail: isExampleAddress,
  inboundDomain: isExampleDomain,
  alertsDomain: isExampleDomain,
} as const satisfies Partial<Record<keyof Settings, (value: string) => boolean>>;

const anywhere: SettingsSource = {
  file: 'settings.json',
  isThere: true,
  names: [],
  origin: () => 'settings.json',
};

/**
 * Parses the settings out of a CDK context to which the file of settings was added; the CDK's own flags (with `:`, `/` or `-` in
 * the name) are left alone. Throws one error that names every fault with what was got, where, and what is allowed.
 */
export function parseSettings(context: Readonly<Record<string, unknown>>, source = anywhere): Settings {
  const told = (name: string) => toldOf(context[name], source, name);
  const own = new Set([...Object.keys(context).filter((name) => /^\w+$/.test(name)), ...source.names]);
  // What stands in a person's own folder is for all of their projects.
  const isOurs = (name: string) => !source.origin(name).startsWith('~');
  const unknown = [...own].filter((name) => !Object.hasOwn(allowed, name) && isOurs(name));
  const parsed = Settings.safeParse(context);
  const wrong = parsed.success
    ? []
    : new Set(parsed.error.issues.map(({ path }) => path[0] as keyof Settings));
  const examples = String(context[localOnly]) === 'true' ? [] : examplesIn(context, [...wrong]);
  const faults = [
    ...[...wrong].map((name) => `${name}: got ${told(name)}, allowed is ${allowed[name]}`),
    ...examples.map(
      (name) =>
        `${name}: got ${told(name)}, an example that is good for \`npm start\` only; allowed is ${allowed[name]}`,
    ),
    ...clashes(context),
    ...unknown.map(
      (name) =>
        `${name}: no such setting${elsewhere(source, name)}; the settings are ${Object.keys(allowed).join(', ')}`,
    ),
  ];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new WrongSettings(heading(source), faults);
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

/** Settings that are right alone and destroy together, or that are nothing without another. */
function clashes(context: Readonly<Record<string, unknown>>): readonly string[] {
  const isThere = (name: keyof Settings) => context[name] !== undefined;
  const alone = (name: keyof Settings, other: keyof Settings) =>
    isThere(other) && !isThere(name)
      ? [`${name}: got nothing beside ${other}, allowed is ${allowed[name]}`]
      : [];
  return [
    ...(yesOrNo.safeParse(context.trial).data === true && isThere('restoredTable')
      ? [
          'trial: got true together with restoredTable, allowed is false: a trial deletes the table that the restored one takes the place of',
        ]
      : []),
    ...alone('alertsCertificate', 'alertsDomain'),
    ...alone('alertsDomain', isThere('alertsCertificate') ? 'alertsCertificate' : 'alertsHostedZone'),
  ];
}

function examplesIn(
  context: Readonly<Record<string, unknown>>,
  wrong: readonly (keyof Settings)[],
): readonly (keyof Settings)[] {
  const names = Object.keys(mustBeOwn) as (keyof typeof mustBeOwn)[];
  return names.filter((name) => {
    const value = context[name];
    return typeof value === 'string' && !wrong.includes(name) && mustBeOwn[name](value.trim());
  });
}
