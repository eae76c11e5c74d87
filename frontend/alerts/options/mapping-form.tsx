import { useId, useMemo, useState } from 'react';
import type { Instant } from '../../../shared/kernel/index.ts';
import { Notice } from '../../ui/notice.tsx';
import { faultsIn } from './check-options.ts';
import { draftOf, type MappingDraft, mappingIn } from './mapping-draft.ts';
import { MappingFields } from './mapping-fields.tsx';
import type { OptionsFormProps } from './options-form.tsx';
import { pointersIn } from './pointers.ts';
import { SaveOptions, useSaving } from './save-options.tsx';
import { type Outcome, outcomeOf, parsed } from './trial.ts';
import { TrialAlerts } from './trial-alerts.tsx';
import { TrialBody } from './trial-body.tsx';

/** Where the bodies of a sender say what, and what would come of one. */
export function MappingForm({ api, integration, now, onChanged }: OptionsFormProps) {
  const [draft, setDraft] = useState(() => draftOf(mappingOf(integration)));
  const [text, setText] = useState('');
  const change = (part: Partial<MappingDraft>) => setDraft((before) => ({ ...before, ...part }));
  const mapping = mappingIn(draft);
  const options = mapping === undefined ? {} : { mapping };
  const faults = faultsIn('generic', options);
  const saving = useSaving({ api, id: integration.id, options, isRight: faults.size === 0, onChanged });
  const trial = useTrial(text, draft, integration.id, now);
  const suggested = useId();
  return (
    <form className="wide-form" onSubmit={saving.submit} noValidate ref={saving.form}>
      <TrialBody {...{ api, text, error: trial.fault }} id={integration.id} onText={setText} />
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
  (options as { readonly mapping?: Parameters<typeof draftOf>[0] }).mapping;

function useTrial(
  text: string,
  draft: MappingDraft,
  integration: OptionsFormProps['integration']['id'],
  now: Instant,
) {
  const read = useMemo(() => (text.trim() === '' ? undefined : parsed(text)), [text]);
  // The hour at which a body came is that at which it was pasted, so that nothing of it changes each second.
  const [at] = useState(now);
  return useMemo(() => {
    if (read === undefined || 'fault' in read) return { fault: read?.fault, pointers: [] };
    const outcome = outcomeOf(read.body, draft, { integration, now: at });
    return { fault: undefined, outcome, pointers: pointersIn(read.body, draft.items.trim() || undefined) };
  }, [read, draft, integration, at]);
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
