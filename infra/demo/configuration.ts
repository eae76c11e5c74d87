/** The people of the demo beside its administrator. */
export const demoPeople = [
  { id: 'per_ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  { id: 'per_grace', name: 'Grace Hopper', email: 'grace@example.com' },
] as const;

/**
 * What the demo organisation begins with: three people, one schedule, one policy of two levels that names it, one threshold and one
 * grouping rule.
 *
 * @param firstDay the day of the first hand-off, from which Ada has a week: as the clock of the system shows it, so that what one sees
 *   does not depend on when one begins
 */
export const demoConfiguration = (administrator: string, firstDay: string) => ({
  people: [...demoPeople, { id: 'per_admin', name: 'Demo Administrator', email: administrator }],
  schedules: [weekly(firstDay)],
  policies: [onCall],
  rules: [databaseConnections, byService],
});

const WEEKLY = 'weekly';

/** Who has which week. */
const weekly = (startDate: string) => ({
  id: WEEKLY,
  name: 'Week by week',
  timeZone: 'Europe/Zurich',
  layers: [{ people: ['per_ada', 'per_grace'], startDate, handOff: '09:00', every: 'week' }],
});

const onCall = {
  id: 'pol_demo',
  name: 'On-call',
  levels: [
    { targets: [WEEKLY], delay: 300 },
    { targets: ['per_grace', 'per_admin'], delay: 600 },
  ],
  repeat: 1,
};

const databaseConnections = {
  id: 'database-connections',
  name: 'Database Connection Failures',
  description:
    'Three different alerts about database connections within three minutes are one critical incident.',
  conditions: {
    alertPattern: 'database.*connection.*(fail|refused)',
    threshold: 3,
    timeWindow: 180,
    severity: 'P1_CRITICAL',
  },
  group: { by: ['service'] },
  actions: { assignToTeam: onCall.id, runbook: 'database-connection-failure-runbook' },
};

const byService = {
  id: 'by-service',
  name: 'One incident per service',
  description: 'Alerts of one service within twenty minutes belong together.',
  group: { by: ['service'], window: 1_200 },
  actions: { assignToTeam: onCall.id },
};
