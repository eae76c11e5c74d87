import { DAY, toText } from '../../shared/kernel/index.ts';

/** Bodies of the routes of silences and maintenance windows, with this text in all that people say; they end a day after `now`. */
export function quietBodies(text: string, now: number): Readonly<Record<string, object>> {
  const to = toText(now + DAY);
  return {
    'POST /api/silences': { matchers: [{ name: 'team', value: text }], to, comment: text },
    'PATCH /api/silences/{id}': { comment: text },
    'POST /api/maintenance': { services: [text], to, comment: text },
    'PATCH /api/maintenance/{id}': { comment: text },
  };
}
