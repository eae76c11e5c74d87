import { lazy, Suspense } from 'react';
import { Route, Switch, useSearch } from 'wouter';
import type { PersonRef } from '../../shared/incidents/index.ts';
import { isId } from '../../shared/kernel/index.ts';
import { askedAlertsIn } from '../alerts/single/asked-alerts.ts';
import type { Api } from '../api/use-api.ts';
import type { Me } from '../identity/use-me.ts';
import { askedIn } from '../metrics/asked.ts';
import { partIn } from '../publishing/parts.ts';
import { Waiting } from '../ui/waiting.tsx';
import { wantedIn } from './addresses.ts';
import { LoadFault } from './load-fault.tsx';
import { NoPage } from './no-page.tsx';
import { RulePages, ruleFiles } from './rule-pages.tsx';
import { usePlace } from './use-place.ts';

// Each page is a file of its own, loaded when it is first gone to.
const files = {
  list: () => import('../incidents/incident-list-page.tsx'),
  declare: () => import('../incidents/declare-page.tsx'),
  incident: () => import('../incidents/incident-page.tsx'),
  replay: () => import('../war-room/replay-page.tsx'),
  timeline: () => import('../timeline/timeline-page.tsx'),
  postmortem: () => import('../postmortems/postmortem-page.tsx'),
  postmortems: () => import('../postmortems/postmortem-list-page.tsx'),
  services: () => import('../catalogue/catalogue-page.tsx'),
  onCall: () => import('../on-call/on-call-page.tsx'),
  alerts: () => import('../alerts/single/alerts-page.tsx'),
  integrations: () => import('../alerts/integrations-page.tsx'),
  heartbeats: () => import('../alerts/heartbeats/heartbeats-page.tsx'),
  silences: () => import('../alerts/silences/silences-page.tsx'),
  runbooks: () => import('../runbooks/runbooks-page.tsx'),
  runbook: () => import('../runbooks/runbook-page.tsx'),
  runbookEditor: () => import('../runbooks/editor-page.tsx'),
  run: () => import('../runbooks/run-page.tsx'),
  clusters: () => import('../runbooks/clusters-page.tsx'),
  metrics: () => import('../metrics/metrics-page.tsx'),
  behind: () => import('../metrics/behind-page.tsx'),
  status: () => import('../publishing/publishing-page.tsx'),
  subscribers: () => import('../publishing/subscribers-page.tsx'),
};

const IncidentListPage = lazy(async () => ({ default: (await files.list()).IncidentListPage }));
const DeclarePage = lazy(async () => ({ default: (await files.declare()).DeclarePage }));
const IncidentPage = lazy(async () => ({ default: (await files.incident()).IncidentPage }));
const ReplayPage = lazy(async () => ({ default: (await files.replay()).ReplayPage }));
const TimelinePage = lazy(async () => ({ default: (await files.timeline()).TimelinePage }));
const PostmortemPage = lazy(async () => ({ default: (await files.postmortem()).PostmortemPage }));
const PostmortemListPage = lazy(async () => ({ default: (await files.postmortems()).PostmortemListPage }));
const CataloguePage = lazy(async () => ({ default: (await files.services()).CataloguePage }));
const OnCallPage = lazy(async () => ({ default: (await files.onCall()).OnCallPage }));
const IntegrationsPage = lazy(async () => ({ default: (await files.integrations()).IntegrationsPage }));
const SilencesPage = lazy(async () => ({ default: (await files.silences()).SilencesPage }));
const HeartbeatsPage = lazy(async () => ({ default: (await files.heartbeats()).HeartbeatsPage }));
const AlertsPage = lazy(async () => ({ default: (await files.alerts()).AlertsPage }));
const RunbooksPage = lazy(async () => ({ default: (await files.runbooks()).RunbooksPage }));
const RunbookPage = lazy(async () => ({ default: (await files.runbook()).RunbookPage }));
const EditorPage = lazy(async () => ({ default: (await files.runbookEditor()).EditorPage }));
const RunPage = lazy(async () => ({ default: (await files.run()).RunPage }));
const ClustersPage = lazy(async () => ({ default: (await files.clusters()).ClustersPage }));
const MetricsPage = lazy(async () => ({ default: (await files.metrics()).MetricsPage }));
const BehindPage = lazy(async () => ({ default: (await files.behind()).BehindPage }));
const PublishingPage = lazy(async () => ({ default: (await files.status()).PublishingPage }));
const SubscribersPage = lazy(async () => ({ default: (await files.subscribers()).SubscribersPage }));

/** Which file the page at an address is in; the first that fits. */
const fileAt: readonly (readonly [path: RegExp, load: () => Promise<unknown>])[] = [
  [/^\/(?:incidents\/?)?$/, files.list],
  [/^\/incidents\/new$/, files.declare],
  [/^\/incidents\/[^/]+$/, files.incident],
  [/^\/incidents\/[^/]+\/replay$/, files.replay],
  [/^\/incidents\/[^/]+\/timeline$/, files.timeline],
  [/^\/incidents\/[^/]+\/post-mortem$/, files.postmortem],
  [/^\/post-mortems$/, files.postmortems],
  [/^\/services$/, files.services],
  [/^\/on-call$/, files.onCall],
  [/^\/alerts$/, files.alerts],
  [/^\/integrations$/, files.integrations],
  [/^\/heartbeats$/, files.heartbeats],
  [/^\/silences$/, files.silences],
  ...ruleFiles,
  [/^\/runbooks$/, files.runbooks],
  [/^\/runbooks\/(?:new|[^/]+\/edit)$/, files.runbookEditor],
  [/^\/runbooks\/clusters$/, files.clusters],
  [/^\/runbooks\/[^/]+$/, files.runbook],
  [/^\/runs\/[^/]+$/, files.run],
  [/^\/metrics$/, files.metrics],
  [/^\/metrics\/incidents$/, files.behind],
  [/^\/status\/subscribers$/, files.subscribers],
  [/^\/status(?:\/[^/]+)?$/, files.status],
];

/** Begins to load the page of an address, while it is still asked who the person is. */
export async function loadAhead(path: string): Promise<void> {
  const load = fileAt.find(([pattern]) => pattern.test(path))?.[1];
  // A file that does not come is asked for again when its page is shown, which then says so.
  await load?.().catch(() => undefined);
}

export interface PagesProps {
  readonly api: Api;
  readonly socket: string;
  /** Who looks. */
  readonly person: PersonRef;
  readonly role: Me['organisations'][number]['role'];
  /** The organisation that they work in. */
  readonly organisation: string;
  readonly names: ReadonlyMap<string, string>;
}

/** The page that the address names. */
export function Pages({ api, socket, person, role, organisation, names }: PagesProps) {
  const search = useSearch();
  const place = usePlace();
  return (
    <LoadFault key={place}>
      <Suspense fallback={<Waiting what="the page" />}>
        <Switch>
          <Route path={/^\/(?:incidents\/?)?$/}>
            <IncidentListPage api={api} wanted={wantedIn(search)} role={role} />
          </Route>
          <Route path="/incidents/new">
            <DeclarePage api={api} role={role} />
          </Route>
          <Route path="/incidents/:id">
            {({ id }) => <Incident {...{ api, socket, person, id, role, names }} />}
          </Route>
          {pastRoutes({ api, role, names })}
          <Route path="/services">
            <CataloguePage api={api} />
          </Route>
          <Route path="/on-call">
            <OnCall {...{ api, role, search }} />
          </Route>
          <Route path={/^\/(?:runbooks|runs)(?:\/|$)/}>
            <Runbooks api={api} role={role} />
          </Route>
          <Route path="/metrics/:part?">{({ part }) => <Metrics {...{ api, role, part, search }} />}</Route>
          <Route path={/^\/status(?:\/|$)/}>
            <Status api={api} role={role} />
          </Route>
          <Route path={/^\/rules(?:\/|$)/}>
            <RulePages {...{ api, role, organisation, search }} />
          </Route>
          {intakeRoutes({ api, role, search })}
          <Route component={NoPage} />
        </Switch>
      </Suspense>
    </LoadFault>
  );
}

/** Alerts, and where they come from. */
function intakeRoutes({ api, role, search }: Pick<PagesProps, 'api' | 'role'> & { readonly search: string }) {
  return (
    <>
      <Route path="/alerts">
        <AlertsPage api={api} asked={askedAlertsIn(search)} role={role} />
      </Route>
      <Route path="/integrations">
        <IntegrationsPage api={api} role={role} />
      </Route>
      <Route path="/silences">
        <SilencesPage api={api} role={role} />
      </Route>
      <Route path="/heartbeats">
        <HeartbeatsPage api={api} role={role} />
      </Route>
    </>
  );
}

/** What is read when an incident is over, or while it goes on by those who want to know what was. */
function pastRoutes({ api, role, names }: Pick<PagesProps, 'api' | 'role' | 'names'>) {
  return (
    <>
      <Route path="/incidents/:id/replay">{({ id }) => <Replay {...{ api, id, names }} />}</Route>
      <Route path="/incidents/:id/timeline">{({ id }) => <Timeline {...{ api, id }} />}</Route>
      <Route path="/incidents/:id/post-mortem">{({ id }) => <Postmortem {...{ api, id, role }} />}</Route>
      <Route path="/post-mortems">
        <PostmortemListPage api={api} />
      </Route>
    </>
  );
}

function OnCall({ search, ...rest }: Pick<PagesProps, 'api' | 'role'> & { readonly search: string }) {
  return <OnCallPage policy={new URLSearchParams(search).get('policy') ?? undefined} {...rest} />;
}

function Publishing({
  part,
  ...rest
}: Pick<PagesProps, 'api' | 'role'> & { readonly part?: string | undefined }) {
  const known = partIn(part);
  return known === undefined ? <NoPage /> : <PublishingPage part={known} {...rest} />;
}

interface MetricsProps extends Pick<PagesProps, 'api' | 'role'> {
  readonly part?: string | undefined;
  readonly search: string;
}

function Metrics({ api, role, part, search }: MetricsProps) {
  if (part === undefined) return <MetricsPage api={api} role={role} asked={askedIn(search)} />;
  return part === 'incidents' ? <BehindPage api={api} search={search} /> : <NoPage />;
}

function Incident({ id, ...rest }: Omit<PagesProps, 'organisation'> & { readonly id: string }) {
  return isId('incident', id) ? <IncidentPage key={id} id={id} {...rest} /> : <NoPage />;
}

/** The pages of what the public is told. */
function Status({ api, role }: Pick<PagesProps, 'api' | 'role'>) {
  return (
    <Switch>
      <Route path="/status/subscribers">
        <SubscribersPage api={api} role={role} />
      </Route>
      <Route path="/status/:part?">{({ part }) => <Publishing {...{ api, role, part }} />}</Route>
      <Route component={NoPage} />
    </Switch>
  );
}

/** The pages of runbooks and of their runs. */
function Runbooks({ api, role }: Pick<PagesProps, 'api' | 'role'>) {
  return (
    <Switch>
      <Route path="/runbooks">
        <RunbooksPage api={api} role={role} />
      </Route>
      <Route path="/runbooks/new">
        <EditorPage api={api} role={role} />
      </Route>
      <Route path="/runbooks/clusters">
        <ClustersPage api={api} role={role} />
      </Route>
      <Route path="/runbooks/:id">{({ id }) => <RunbookPage key={id} {...{ api, role, id }} />}</Route>
      <Route path="/runbooks/:id/edit">{({ id }) => <EditorPage key={id} {...{ api, role, id }} />}</Route>
      <Route path="/runs/:id">{({ id }) => <Run {...{ api, role, id }} />}</Route>
      <Route component={NoPage} />
    </Switch>
  );
}

function Run({ id, ...rest }: Pick<PagesProps, 'api' | 'role'> & { readonly id: string }) {
  return isId('run', id) ? <RunPage key={id} id={id} {...rest} /> : <NoPage />;
}

function Timeline({ id, ...rest }: Pick<PagesProps, 'api'> & { readonly id: string }) {
  return isId('incident', id) ? <TimelinePage key={id} id={id} {...rest} /> : <NoPage />;
}

function Postmortem({ id, ...rest }: Pick<PagesProps, 'api' | 'role'> & { readonly id: string }) {
  return isId('incident', id) ? <PostmortemPage key={id} id={id} {...rest} /> : <NoPage />;
}

function Replay({ id, ...rest }: Pick<PagesProps, 'api' | 'names'> & { readonly id: string }) {
  return isId('incident', id) ? <ReplayPage key={id} id={id} {...rest} /> : <NoPage />;
}
