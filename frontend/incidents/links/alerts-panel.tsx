import { useEffect, useRef } from 'react';
import { useDraft } from '../../ui/use-draft.ts';
import { AlertList, type AlertListProps } from '../alert-list.tsx';
import type { useAlerts } from '../use-alerts.ts';
import type { IncidentDetail } from '../use-incident.ts';
import { NamedLink } from './named-link.tsx';
import { emptySplit, SplitForm } from './split-form.tsx';
import { useSplit } from './use-links.ts';

export interface AlertsPanelProps extends Pick<AlertListProps, 'api' | 'now'> {
  readonly alerts: Pick<ReturnType<typeof useAlerts>, 'value' | 'showMore'>;
  readonly incident: IncidentDetail;
  readonly mayWrite: boolean;
  onChanged(): void;
}

/** The alerts of an incident; those that are ticked can be split off while it is open. */
export function AlertsPanel({ api, incident, alerts, now, mayWrite, onChanged }: AlertsPanelProps) {
  const { draft, change, forget } = useDraft(`split:${incident.id}`, emptySplit);
  const { busy, problem, made, split } = useSplit(api, incident.id, onChanged);
  const { total } = incident.alerts;
  const outcome = useRef<HTMLParagraphElement>(null);
  // The form goes away with the button that was pressed.
  useEffect(() => {
    if (made !== undefined) outcome.current?.focus();
  }, [made]);
  const isTickable = mayWrite && incident.state !== 'resolved' && total > 1;
  const ticked = (alerts.value?.items ?? []).filter(({ fingerprint }) => draft.ticked.includes(fingerprint));
  const onTick = (fingerprint: string, isTicked: boolean) => {
    const others = draft.ticked.filter((one) => one !== fingerprint);
    change({ ticked: isTicked ? [...others, fingerprint] : others });
  };
  const send = () => {
    const title = draft.title.trim();
    const body = {
      alerts: ticked.map(({ fingerprint }) => fingerprint),
      reason: draft.reason.trim(),
      ...(title !== '' && { title }),
    };
    split(body, forget);
  };
  return (
    <>
      <AlertList
        {...{ api, total, now }}
        alerts={alerts.value}
        onMore={alerts.showMore}
        ticking={isTickable ? { ticked: draft.ticked, onTick } : undefined}
      />
      <p role="status" tabIndex={-1} ref={outcome}>
        {made !== undefined && (
          <>
            They are in <NamedLink id={made.id} named={new Map([[made.id, made]])} /> now.
          </>
        )}
      </p>
      {isTickable && ticked.length > 0 && (
        <SplitForm
          {...{ own: incident, draft, alerts: ticked, total, busy, problem }}
          onChange={change}
          onSplit={send}
        />
      )}
    </>
  );
}
