/** The people of the demo beside its administrator. */
export const demoPeople = [
  { id: 'per_ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  { id: 'per_grace', name: 'Grace Hopper', email: 'grace@example.com' },
] as const;

/** What the demo organisation begins with: three people, one schedule, one policy of two levels, one threshold and one grouping rule. */
export const demoConfiguration = (administrator: string) => ({
  people: [...demoPeople, { id: 'per_admin', name: 'Demo Administrator', email: administrator }],
  schedules: [weekly],
  policies: [onCall],
  rules: [databaseConnections, byService],
});

/** Who has which week; no policy names it yet, so that the demo's pages go to Ada first. */
const weekly = {
  id: 'weekly',
  name: 'Week by week',
  timeZone: 'Europe/Zurich',
  layers: [{ people: ['per_ada', 'per_grace'], startDate: '2026-01-05', handOff: '09:00', every: 'week' }],
};

const onCall = {
  id: 'pol_demo',
  name: 'On-call',
  levels: [
    { targets: ['per_ada'], delay: 300 },
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
