import type { Joined } from './record.ts';

/** Why an alert came into its incident: whole, where the head has it cut and the log or the rules of then have all of it. */
export function reasonOf({ membership: { why }, facts }: Joined, whole: string | undefined): string {
  if (!why.includes('…')) return why;
  const logged = facts.flatMap((fact) => (fact.type === 'alerts.changed' ? [fact.data.why] : []));
  const candidates = [...(whole === undefined ? [] : [whole]), ...logged];
  return candidates.find((one) => isCutFrom(why, one)) ?? why;
}

/** Whether a text with ellipses is what was left of another. */
function isCutFrom(short: string, whole: string): boolean {
  const [start = '', ...parts] = short.split('…');
  if (!whole.startsWith(start)) return false;
  let at = start.length;
  for (const part of parts) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
