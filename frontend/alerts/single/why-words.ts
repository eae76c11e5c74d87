import type { ExplainedPart } from '../../../shared/alerts/explanation.ts';

/** What people call the parts of an explanation. */
export const partWords: Readonly<Record<ExplainedPart, string>> = {
  received: 'Received',
  rules: 'Rules',
  grouping: 'Group',
  quiet: 'Silences',
  correlation: 'Related',
  window: 'Incident',
  opening: 'Opened',
  alerts: 'Alerts',
  severity: 'Severity',
  links: 'Links',
  page: 'Pages',
  history: 'History',
  next: 'What comes next',
};

/** The steps that are about one thing together, in the order in which that came first. */
export function sectionsOf<Step extends { readonly about: ExplainedPart }>(steps: readonly Step[]) {
  return [...Map.groupBy(steps, ({ about }) => about)].map(([about, some]) => ({ about, steps: some }));
}
