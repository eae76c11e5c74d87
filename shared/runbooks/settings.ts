import * as z from 'zod';

const base = z
  .string()
  .trim()
  .max(300)
  .regex(/^https?:\/\/[^?#@\s]+$/, 'Expected an address such as https://api.example.com')
  .refine((text) => URL.canParse(text), 'Expected an address such as https://api.example.com');

/** What an organisation configures for its runbooks: the part `runbooks` of the configuration. */
export const runbookSettings = z.strictObject({
  /** Where the paths of `http:` steps begin when their runbook says nothing. */
  baseUrl: base.optional(),
  /** The same for the incidents of a service, before the general one. */
  services: z.record(z.string().min(1).max(100), z.strictObject({ baseUrl: base })).default({}),
});

export type RunbookSettings = z.infer<typeof runbookSettings>;

/** What is in force where nobody has configured anything. */
export const defaultRunbookSettings: RunbookSettings = runbookSettings.parse({});

/** Where the paths of a runbook begin: its own address, that of the incident's service, or the organisation's. */
export function baseFor(
  runbook: { readonly baseUrl?: string | undefined },
  { baseUrl, services }: RunbookSettings,
  service: string | undefined,
): string | undefined {
  const ofService = service !== undefined && Object.hasOwn(services, service) ? services[service] : undefined;
  return runbook.baseUrl ?? ofService?.baseUrl ?? baseUrl;
}
