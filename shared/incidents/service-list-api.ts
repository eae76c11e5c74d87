import * as z from 'zod';
import { severities } from '../alerts/index.ts';
import { idText, timeText } from '../api/index.ts';
import { incidentStates } from './incident.ts';

const severity = z.enum(severities);

/** What the list of services answers: each with what is open, and its last incident. */
export const serviceList = z.strictObject({
  items: z.array(
    z
      .strictObject({
        name: z.string(),
        open: z.int().min(0),
        triggered: z.int().min(0).meta({ description: 'How many of the open ones nobody answered.' }),
        worst: severity.optional().meta({ description: 'The worst severity of what is open.' }),
        last: z
          .strictObject({
            id: idText('incident'),
            name: z.string(),
            title: z.string(),
            state: z.enum(incidentStates),
            severity,
            openedAt: timeText,
          })
          .meta({ description: 'The incident that was opened last.' }),
      })
      .meta({ id: 'Service' }),
  ),
  unnamed: z.int().min(0).meta({ description: 'How many open incidents name no service.' }),
  since: timeText.meta({ description: 'How far back incidents that are over were looked through.' }),
});
