import { idOf } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { viewInternal, viewPublic } from '../../shared/status/index.ts';
import { samplePage } from '../support/sample-page.ts';
import { componentId, incidentId } from '../support/status-page.ts';

const state = samplePage();
const looking = { id: idOf('statusPage', 1, 'sample'), now: Date.UTC(2026, 10, 28, 12) };
const source = (name: string) => ({ incident: idOf('incident', 1, name), generation: 1 });

/** The status page as members see it, with an incident that nobody was told about yet and one that is over. */
export const status = statusApi.get.answer.parse({
  ...viewInternal(state, looking),
  address: 'https://status.example.com/',
  proposals: [
    {
      id: `resolve_${incidentId('Orders cannot be paid')}_1`,
      kind: 'publish-update',
      incident: incidentId('Orders cannot be paid'),
      source: source('126'),
      title: 'Orders cannot be paid',
      state: 'resolved',
      text: 'This incident is resolved.',
      affected: [{ component: componentId('Checkout'), status: 'operational' }],
      internal: false,
    },
    {
      id: `open_${source('128').incident}_1`,
      kind: 'publish-incident',
      source: source('128'),
      title: 'Problems with Search',
      impact: 'major',
      state: 'investigating',
      text: 'We are looking into problems with Search.',
      affected: [{ component: componentId('Search'), status: 'partial_outage' }],
      internal: false,
    },
  ],
});

/** The same page as everybody sees it. */
export const publicStatus = statusApi['get-public'].answer.parse(viewPublic(state, looking));

/** A page that nobody changed yet. */
export const blankStatus = statusApi.get.answer.parse({
  ...status,
  page: { id: looking.id, name: 'Acme Payments' },
  version: 0,
  indicator: 'none',
  description: 'All Systems Operational',
  ...{ components: [], groups: [], incidents: [], maintenance: [], past: [], proposals: [] },
  address: undefined,
});
