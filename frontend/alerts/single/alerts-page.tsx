import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { may, type Role } from '../../../shared/kernel/index.ts';
import type { Api } from '../../api/use-api.ts';
import { useCatalogue } from '../../catalogue/use-catalogue.ts';
import { tellingLabels } from '../../incidents/labels.ts';
import { Moment } from '../../time/moment.tsx';
import { useNow } from '../../time/use-now.ts';
import { Freshness } from '../../ui/freshness.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { useTyped } from '../../ui/use-typed.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { AlertFilters } from './alert-filters.tsx';
import { AlertRow } from './alert-row.tsx';
import { type AskedAlerts, alertsAddress, askedAlertsIn } from './asked-alerts.ts';
import { useAlertList } from './use-alert-list.ts';

export interface AlertsPageProps {
  readonly api: Api;
  readonly asked: AskedAlerts;
  readonly role: Role;
}

/** All alerts that were received in a time, also those that became no incident, and why. */
export function AlertsPage({ api, asked, role }: AlertsPageProps) {
  useTitle('Alerts');
  const list = useAlertList(api, asked);
  const known = useCatalogue(api).value?.items.map(({ name }) => name) ?? [];
  const { text, onText, change } = useAsking(asked);
  const now = useNow();
  const [said, setSaid] = useState('');
  const { items, isThere, at, problem, refresh } = list;
  const names = tellingLabels(items);
  const mayChange = may(role, 'silence.write');
  const onEnded = (title: string) => {
    setSaid(`What held back “${title}” has ended: it is placed within a minute if it still fires.`);
    refresh();
  };
  return (
    <div className="stack">
      <div className="head">
        <h1>Alerts</h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <AlertFilters {...{ api, asked, known, text, onText }} onChange={change} />
      {!isThere && problem === undefined && <Waiting what="alerts" />}
      {isThere && items.length === 0 && !list.hasMore && <Nothing />}
      <p role="status">{said}</p>
      {items.length > 0 && (
        <ul className="alert-rows">
          {items.map((alert) => (
            <AlertRow
              key={alert.id}
              {...{ api, alert, names, now, mayChange, onMoved: refresh }}
              onEnded={() => onEnded(alert.title)}
            />
          ))}
        </ul>
      )}
      {isThere && <HowFar {...list} now={now} />}
    </div>
  );
}

type HowFarProps = Pick<
  ReturnType<typeof useAlertList>,
  'items' | 'coveredFrom' | 'hasMore' | 'busy' | 'showMore'
> & { readonly now: number };

/** How far back was looked, and a way to look further. */
function HowFar({ items, coveredFrom, hasMore, busy, showMore, now }: HowFarProps) {
  if (coveredFrom === undefined || (items.length === 0 && !hasMore)) return null;
  const shown = items.length === 1 ? '1 alert is shown' : `${items.length} alerts are shown`;
  return (
    <div className="more">
      <p className="soft">
        {items.length === 0 ? (
          <>
            No such alert is among what was received since <Moment at={coveredFrom} now={now} />, which was
            very much. What was received before that was not looked at yet.
          </>
        ) : (
          <>
            {shown}, of what was received since <Moment at={coveredFrom} now={now} />.
          </>
        )}
      </p>
      {hasMore && (
        <Button variant="default" aria-disabled={busy} onClick={showMore}>
          Look further back
        </Button>
      )}
      <p role="status">{busy && 'One moment …'}</p>
    </div>
  );
}

function Nothing() {
  return (
    <div className="empty">
      <h2>No such alert was received</h2>
      <p>
        Look further back, or ask for less. Whether anything arrives at all is told by{' '}
        <Link to="/integrations">the integrations</Link>.
      </p>
    </div>
  );
}

/** What is asked for, over the address: what is typed replaces it, what is chosen is a step that the back button takes back. */
function useAsking(asked: AskedAlerts) {
  const [, go] = useLocation();
  const address = alertsAddress({ ...asked, text: undefined });
  const tell = useCallback(
    (typed: string) => {
      const others = askedAlertsIn(address.replace(/^[^?]*/, ''));
      go(alertsAddress({ ...others, text: typed || undefined }), { replace: true });
    },
    [go, address],
  );
  const [text, onText] = useTyped(asked.text ?? '', tell);
  const change = (to: AskedAlerts) => {
    onText(to.text ?? '');
    go(alertsAddress(to));
  };
  return { text, onText, change };
}
