import { Tabs } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { PersonRef } from '../../shared/incidents/index.ts';
import { type IncidentId, may, type Role } from '../../shared/kernel/index.ts';
import { rolesIn } from '../../shared/war-room/index.ts';
import { Why } from '../alerts/single/why.tsx';
import type { Api } from '../api/use-api.ts';
import { postmortemAddress, replayAddress, timelineAddress } from '../app/addresses.ts';
import { IncidentClock } from '../metrics/incident-clock.tsx';
import { Paging } from '../on-call/paging.tsx';
import { IncidentRunbooks } from '../runbooks/incident-runbooks.tsx';
import { RunsNow } from '../runbooks/runs-now.tsx';
import { useRuns } from '../runbooks/use-runbooks.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { Room } from '../war-room/room.tsx';
import { RoomDocument } from '../war-room/room-document.tsx';
import { useMembers } from '../war-room/use-members.ts';
import { useRoom } from '../war-room/use-room.ts';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentHead } from './incident-head.tsx';
import { linkTo } from './incident-link.tsx';
import { AlertsPanel } from './links/alerts-panel.tsx';
import { RelatedPanel } from './links/related-panel.tsx';
import { useNamed } from './links/use-named.ts';
import { useAlerts } from './use-alerts.ts';
import { useChange } from './use-change.ts';
import { type IncidentDetail, useIncident } from './use-incident.ts';

export interface IncidentPageProps {
  readonly api: Api;
  /** Address of the WebSocket API. */
  readonly socket: string;
  /** Who looks. */
  readonly person: PersonRef;
  readonly id: IncidentId;
  readonly role: Role;
  readonly names: ReadonlyMap<string, string>;
}

/** One incident: how it stands, what can be done, and its room. */
export function IncidentPage({ api, socket, person, id, role, names }: IncidentPageProps) {
  const [incident, alerts] = [useIncident(api, id), useAlerts(api, id)];
  const [room, members, now] = [useRoom({ api, socket, incident: id }), useMembers(api), useNow()];
  const { runs, mayRun, refresh } = useRunsHere(api, id, role, [incident, alerts]);
  const nameOf = useCallback((person: string) => names.get(person), [names]);
  const [problem, facts] = [incident.problem ?? alerts.problem, room.client?.facts];
  useNews(facts?.findLast(({ type }) => !type.startsWith('room.'))?.seq, refresh);
  const change = useChange(api, id, facts?.at(-1)?.seq, refresh);
  const [{ value }, mayWrite] = [incident, may(role, 'incident.write')];
  const [named, commander] = [useNamed(api, value), rolesIn(room.parts).get('commander')];
  useTitle(value === undefined ? 'Incident' : `${value.name} ${value.title}`);
  return (
    <>
      <Back />
      {value === undefined && problem === undefined && <Waiting what="the incident" />}
      <article className="incident">
        {value === undefined && problem !== undefined && <h1>The incident cannot be shown</h1>}
        {value !== undefined && (
          <>
            <IncidentHead incident={value} {...{ commander, named, now }}>
              <Doing {...{ api, now, change }} incident={value} allowed={mayWrite} />
            </IncidentHead>
            <Reasons {...{ api, id, now }} />
          </>
        )}
        <Freshness at={incident.at} now={now} problem={problem} />
        <RunsNow {...{ api, now, runs }} mayAnswer={mayRun} onSaid={refresh} />
        {value !== undefined && (
          <Parts total={value.alerts.total} related={value.related?.length ?? 0} id={id}>
            <Room api={api} incident={id} {...{ room, members, mayWrite, nameOf, now, linkTo }} />
            <RoomDocument connection={room.connection} person={person} mayWrite={mayWrite} />
            <IncidentRunbooks {...{ api, now, runs }} incident={id} mayStart={mayRun} />
            <AlertsPanel {...{ api, incident: value, alerts, now, mayWrite }} onChanged={refresh} />
            <RelatedPanel {...{ api, incident: value, named, mayWrite, now }} onChanged={refresh} />
          </Parts>
        )}
      </article>
    </>
  );
}

interface DoingProps extends Pick<IncidentPageProps, 'api'> {
  readonly incident: IncidentDetail;
  readonly now: number;
  readonly allowed: boolean;
  readonly change: ReturnType<typeof useChange>;
}

/** How much time is left, and what can be done. */
function Doing({ api, incident, now, allowed, change }: DoingProps) {
  const { id, state, version } = incident;
  return (
    <>
      {state !== 'resolved' && <IncidentClock {...{ api, id, now, version }} />}
      <IncidentActions {...{ incident, allowed, change }} onMove={change.moveTo} />
    </>
  );
}

/** Why the incident is as it is, and why whoever looks was paged or not. */
function Reasons({ api, id, now }: Pick<IncidentPageProps, 'api' | 'id'> & { readonly now: number }) {
  const path = `/api/incidents/${id}/explain`;
  return (
    <>
      <Why {...{ api, path, now }} question="Why is this incident as it is?" />
      <Paging api={api} id={id} now={now} />
    </>
  );
}

/** The runs for this incident, whether whoever looks may have a say in them, and what asks for all anew. */
function useRunsHere(api: Api, id: IncidentId, role: Role, others: readonly { refresh(): void }[]) {
  const asked = useRuns(api, id);
  const refresh = () => {
    for (const one of [asked, ...others]) one.refresh();
  };
  return { runs: asked.value ?? [], mayRun: may(role, 'runbook.execute'), refresh };
}

interface PartsProps {
  /** How many alerts there are. */
  readonly total: number;
  /** How many incidents are related. */
  readonly related: number;
  readonly id: IncidentId;
  readonly children: readonly [
    room: ReactNode,
    text: ReactNode,
    runbooks: ReactNode,
    alerts: ReactNode,
    links: ReactNode,
  ];
}

/** What there is beside the head, one at a time. */
function Parts({ total, related, id, children: [room, text, runbooks, alerts, links] }: PartsProps) {
  return (
    <Tabs defaultValue="room" keepMounted={false}>
      <div className="parts">
        <Tabs.List>
          <Tabs.Tab value="room">Room</Tabs.Tab>
          <Tabs.Tab value="document">Document</Tabs.Tab>
          <Tabs.Tab value="runbooks">Runbooks</Tabs.Tab>
          <Tabs.Tab value="alerts">Alerts ({total})</Tabs.Tab>
          <Tabs.Tab value="related">{related === 0 ? 'Related' : `Related (${related})`}</Tabs.Tab>
        </Tabs.List>
        <span className="parts-links">
          <Link to={postmortemAddress(id)}>Post-mortem</Link>
          <Link to={timelineAddress(id)}>Timeline</Link>
          <Link to={replayAddress(id)}>Replay</Link>
        </span>
      </div>
      <Tabs.Panel value="room">{room}</Tabs.Panel>
      <Tabs.Panel value="document">{text}</Tabs.Panel>
      <Tabs.Panel value="runbooks">{runbooks}</Tabs.Panel>
      <Tabs.Panel value="alerts">{alerts}</Tabs.Panel>
      <Tabs.Panel value="related">{links}</Tabs.Panel>
    </Tabs>
  );
}

/** Asks at once when the log tells of something that the head or the alerts show. */
function useNews(last: number | undefined, refresh: () => void): void {
  const told = useRef(last);
  useEffect(() => {
    if (last === undefined || told.current === last) return;
    told.current = last;
    refresh();
  });
}

function Back() {
  return (
    <p className="back">
      <Link to="/incidents">All open incidents</Link>
    </p>
  );
}
