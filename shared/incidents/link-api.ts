import * as z from 'zod';
import { idText } from '../api/index.ts';

const path = z.strictObject({ id: idText('incident') });
const reason = z.string().trim().min(1).max(300).meta({ description: 'Why; it stands in both logs.' });
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/, 'the fingerprint of an alert: 64 hex digits');

/** The most incidents that are merged at once, and the most alerts that are split off. */
const MOST = 20;

/** What the verbs take that say which incidents belong together; each answers with the incident that it is asked of, or a new one. */
export const linkSchemas = {
  merge: {
    params: path,
    body: z.strictObject({
      incidents: z.array(idText('incident')).min(1).max(MOST).meta({
        description: 'Open incidents that are merged into this one: their alerts come here from now on.',
      }),
      reason,
    }),
  },
  split: {
    params: path,
    body: z.strictObject({
      alerts: z
        .array(fingerprint)
        .min(1)
        .max(MOST)
        .meta({ description: 'Fingerprints of alerts of this incident.' }),
      title: z.string().trim().min(1).max(200).optional(),
      reason,
    }),
  },
  relate: { params: path, body: z.strictObject({ incident: idText('incident'), why: reason }) },
  unrelate: { params: path.extend({ other: idText('incident') }) },
} as const;
