import * as z from 'zod';

const Settings = z.object({
  organisation: z.string().trim().min(1).max(100),
  administrator: z.email(),
  mailFrom: z.email(),
  alarmEmail: z.email().optional(),
  trial: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .default(false),
});

/** What the owner of a deployment decides, from the context of cdk.json or `-c name=value`. */
export type Settings = z.infer<typeof Settings>;

const allowed: Readonly<Record<keyof Settings, string>> = {
  organisation: 'the name of your organisation, 1 to 100 characters',
  administrator: 'the e-mail address of the first administrator, such as ada@example.com',
  mailFrom: 'the e-mail address that pages come from, such as incidents@example.com',
  alarmEmail:
    'the e-mail address that hears about faults of the system itself; left out, the administrator does',
  trial: 'true or false; with true, `cdk destroy` leaves nothing behind; left out, it is false',
};

/**
 * Parses the settings out of a CDK context, whose own flags (with `:`, `/` or `-` in the name) are left alone. Throws one error
 * that names every fault with what was got and what is allowed.
 */
export function parseSettings(context: Readonly<Record<string, unknown>>): Settings {
  const own = Object.keys(context).filter((name) => /^\w+$/.test(name));
  const unknown = own.filter((name) => !Object.hasOwn(allowed, name));
  const parsed = Settings.safeParse(context);
  const wrong = parsed.success
    ? []
    : new Set(parsed.error.issues.map(({ path }) => path[0] as keyof Settings));
  const faults = [
    ...[...wrong].map((name) => `${name}: got ${told(context[name])}, allowed is ${allowed[name]}`),
    ...unknown.map((name) => `${name}: no such setting; the settings are ${Object.keys(allowed).join(', ')}`),
  ];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new Error(
    `Correct these settings in cdk.json under "context", or by -c name=value:\n  ${faults.join('\n  ')}`,
  );
}

function told(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
