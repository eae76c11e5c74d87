import { useId, useMemo, useState } from 'react';
import type { Mapping } from '../../../shared/alerts/sources/generic/mapping.ts';
import type { Instant } from '../../../shared/kernel/index.ts';
import { Notice } from '../../ui/notice.tsx';
import { faultsIn, repeatedIn } from './check-options.ts';
import { draftOf, type MappingDraft, mappingIn } from './mapping-draft.ts';
import { MappingFields } from './mapping-fields.tsx';
import type { OptionsFormProps } from './options-form.tsx';
import { pointersIn } from './pointers.ts';
import { SaveOptions, useSaving } from './save-options.tsx';
import { type Outcome, outcomeOf, parsed } from './trial.ts';
import { TrialAlerts } from './trial-alerts.tsx';
import { TrialBody, type TriedBody } from './trial-body.tsx';

/** Where the bodies of a sender say what, and what would come of one. */
export function MappingForm({ api, integration, now, onChanged }: OptionsFormProps) {
  const [before] = useState(() => mappingOf(integration));
  const [draft, setDraft] = useState(() => draftOf(before));
  const [tried, setTried] = useState<TriedBody>({ text: '', at: now });
  const change = (part: Partial<MappingDraft>) => setDraft((before) => ({ ...before, ...part }));
  const mapping = useMemo(() => mappingIn(draft, before), [draft, before]);
  const options = mapping === undefined ? {} : { mapping };
  const faults = new Map([...faultsIn('generic', options), ...repeatedIn(draft.severityWords)]);
  const saving = useSaving({ api, id: integration.id, options, isRight: faults.size === 0, onChanged });
  const trial = useTrial(tried, mapping, integration.id);
  const suggested = useId();
  return (
    <form className="wide-form" onSubmit={saving.submit} noValidate ref={saving.form}>
      <TrialBody
        {...{ api, tried, error: trial.fault }}
        id={integration.id}
        onText={(text, receivedAt = now) => setTried({ text, at: receivedAt })}
      />
      <datalist id={suggested}>
        {trial.pointers.map((pointer) => (
          <option key={pointer} value={pointer} />
        ))}
      </datalist>
      <MappingFields {...{ draft, faults, suggested }} onChange={change} />
      {trial.outcome !== undefined && <Tried outcome={trial.outcome} now={now} />}
      <SaveOptions {...saving} />
    </form>
  );
}

const mappingOf = ({ options }: OptionsFormProps['integration']) =>
  (options as { readonly mapping?: Mapping }).mapping;

function useTrial(
  { text, at }: TriedBody,
  mapping: Mapping | undefined,
  integration: OptionsFormProps['integration']['id'],
) {
  const read = useMemo(() => (text.trim() === '' ? undefined : parsed(text)), [text]);
  return useMemo(() => {
    if (read === undefined || 'fault' in read) return { fault: read?.fault, pointers: [] };
    const outcome = outcomeOf(read.body, mapping, { integration, now: at });
    return { fault: undefined, outcome, pointers: pointersIn(read.body, mapping?.items) };
  }, [read, mapping, integration, at]);
}

function Tried({ outcome, now }: { readonly outcome: Outcome; readonly now: Instant }) {
  return (
    <section className="tried" aria-labelledby="tried">
      <h3 id="tried">What would come of this body</h3>
      {'fault' in outcome ? (
        <Notice>{outcome.fault}</Notice>
      ) : (
        <TrialAlerts alerts={outcome.alerts} now={now} />
      )}
    </section>
  );
}
