import { lazy, Suspense } from 'react';
import { Route, Switch, useSearch } from 'wouter';
import type { PersonRef } from '../../shared/incidents/index.ts';
import { isId } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import type { Me } from '../identity/use-me.ts';
import { partIn } from '../publishing/parts.ts';
import { Waiting } from '../ui/waiting.tsx';
import { wantedIn } from './addresses.ts';
import { LoadFault } from './load-fault.tsx';
import { NoPage } from './no-page.tsx';
import { usePlace } from './use-place.ts';

// Each page is a file of its own, loaded when it is first gone to.
const IncidentListPage = lazy(async () => ({
  default: (await import('../incidents/incident-list-page.tsx')).IncidentListPage,
}));
const DeclarePage = lazy(async () => ({
  default: (await import('../incidents/declare-page.tsx')).DeclarePage,
}));
const IncidentPage = lazy(async () => ({
  default: (await import('../incidents/incident-page.tsx')).IncidentPage,
}));

const ReplayPage = lazy(async () => ({
  default: (await import('../war-room/replay-page.tsx')).ReplayPage,
}));
const CataloguePage = lazy(async () => ({
  default: (await import('../catalogue/catalogue-page.tsx')).CataloguePage,
}));
const OnCallPage = lazy(async () => ({ default: (await import('../on-call/on-call-page.tsx')).OnCallPage }));
const IntegrationsPage = lazy(async () => ({
  default: (await import('../alerts/integrations-page.tsx')).IntegrationsPage,
}));
const PublishingPage = lazy(async () => ({
  default: (await import('../publishing/publishing-page.tsx')).PublishingPage,
}));
const SubscribersPage = lazy(async () => ({
  default: (await import('../publishing/subscribers-page.tsx')).SubscribersPage,
}));

export interface PagesProps {
  readonly api: Api;
  readonly socket: string;
  /** Who looks. */
  readonly person: PersonRef;
  readonly role: Me['organisations'][number]['role'];
  readonly names: ReadonlyMap<string, string>;
}

/** The page that the address names. */
export function Pages({ api, socket, person, role, names }: PagesProps) {
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
          <Route path="/incidents/:id/replay">{({ id }) => <Replay {...{ api, id, names }} />}</Route>
          <Route path="/services">
            <CataloguePage api={api} />
          </Route>
          <Route path="/on-call">
            <OnCallPage api={api} policy={new URLSearchParams(search).get('policy') ?? undefined} />
          </Route>
          <Route path="/status/subscribers">
            <SubscribersPage api={api} role={role} />
          </Route>
          <Route path="/status/:part?">{({ part }) => <Publishing {...{ api, role, part }} />}</Route>
          <Route path="/integrations">
            <IntegrationsPage api={api} role={role} />
          </Route>
          <Route>
            <NoPage />
          </Route>
        </Switch>
      </Suspense>
    </LoadFault>
  );
}

function Publishing({
  part,
  ...rest
}: Pick<PagesProps, 'api' | 'role'> & { readonly part?: string | undefined }) {
  const known = partIn(part);
  return known === undefined ? <NoPage /> : <PublishingPage part={known} {...rest} />;
}

function Incident({ id, ...rest }: PagesProps & { readonly id: string }) {
  return isId('incident', id) ? <IncidentPage key={id} id={id} {...rest} /> : <NoPage />;
}

function Replay({ id, ...rest }: Pick<PagesProps, 'api' | 'names'> & { readonly id: string }) {
  return isId('incident', id) ? <ReplayPage key={id} id={id} {...rest} /> : <NoPage />;
}
