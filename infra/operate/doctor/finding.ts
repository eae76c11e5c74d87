/** What was found: all well, worth knowing, or missing so that something does not work. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'missing';
  readonly what: string;
  /** How to mend it, with the command or the place. */
  readonly mend?: string;
}

export const ok = (what: string): Finding => ({ state: 'ok', what });
export const warn = (what: string, mend: string): Finding => ({ state: 'warn', what, mend });
export const missing = (what: string, mend: string): Finding => ({ state: 'missing', what, mend });

/** A finding as lines for a terminal. */
export function linesOf({ state, what, mend }: Finding): readonly string[] {
  const mark = { ok: 'ok     ', warn: 'warn   ', missing: 'MISSING' }[state];
  return [`${mark}  ${what}`, ...(mend === undefined ? [] : [`         → ${mend}`])];
}

/** What a check found; when it cannot be asked, that is a finding too and the other checks go on. */
export async function found(
  what: string,
  permission: string,
  check: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    const denied = /AccessDenied|AuthorizationError|Unauthorized/.test(name);
    const mend = denied
      ? `Your credentials may not ask for it: give them ${permission}.`
      : `It could not be asked (${name}: ${message.slice(0, 200)}). Try again; it needs ${permission}.`;
    return [warn(`${what}: not known`, mend)];
  }
}
