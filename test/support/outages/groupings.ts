import { defaultCorrelation, type Rule, ruleSchema, ServiceGraph } from '../../../shared/detection/index.ts';
import { catalogue } from './catalogue.ts';
import { asDecided, type Grouping, perAlert } from './measure.ts';

const rule = (id: string, more: object): Rule => ruleSchema.parse({ id, name: id, ...more });

/** What a team that knows its alerts sets: what fails together is named by a label, and what wakes nobody is recorded. */
const configured: readonly Rule[] = [
  rule('cron', {
    conditions: { alertPattern: 'Cron job|Backup of' },
    actions: { createIncident: false },
  }),
  rule('region', { conditions: { alertPattern: 'in region' }, group: { by: ['label:region'] } }),
  rule('node', { conditions: { alertPattern: 'on node' }, group: { by: ['label:node'] } }),
  rule('dns', { conditions: { alertPattern: 'no such host' }, group: { by: ['label:cluster'] } }),
  rule('certificate', { conditions: { alertPattern: 'certificate|TLS' }, group: { by: ['label:issuer'] } }),
  rule('slow-burn', {
    conditions: { alertPattern: 'error budget' },
    group: { by: ['service'], window: 7_200 },
  }),
];

const correlating = { graph: new ServiceGraph(catalogue), settings: defaultCorrelation };

/** Ways to put alerts together: ours, and two that it is measured against. */
export const groupings = {
  'ours, as installed, with the service catalogue': asDecided({ rules: [], correlating }),
  'ours, with six rules of the team': asDecided({ rules: configured, correlating }),
  'baseline: one incident per alert': perAlert,
  'baseline: by service only': asDecided({ rules: [] }),
} as const satisfies Readonly<Record<string, Grouping>>;
