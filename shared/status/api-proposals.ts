import * as z from 'zod';
import { impacts, updateStates, workings } from './nouns.ts';

/** What an incident proposes to tell: to be sent, as it is or changed, to the route that its kind names. */
export const proposalView = z
  .strictObject({
    id: z.string().meta({ description: 'To dismiss it by.' }),
    kind: z.enum(['publish-incident', 'publish-update']).meta({
      description:
        '`publish-incident`: POST /api/status/incidents; `publish-update`: POST /api/status/incidents/{incident}/updates.',
    }),
    incident: z
      .string()
      .optional()
      .meta({ description: 'The published incident that an update belongs to.' }),
    source: z.strictObject({ incident: z.string(), generation: z.int() }),
    title: z.string(),
    impact: z.enum(impacts).optional(),
    state: z.enum(updateStates),
    text: z.string(),
    affected: z.array(z.strictObject({ component: z.string(), status: z.enum(workings) })).readonly(),
    internal: z.boolean(),
  })
  .meta({ id: 'StatusProposal' });
