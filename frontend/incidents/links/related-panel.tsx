import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { IncidentView } from '../../../shared/incidents/index.ts';
import type { Api } from '../../api/use-api.ts';
import { Notice } from '../../ui/notice.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import { useFocusAfter } from '../../ui/use-focus-after.ts';
import { SeverityBadge } from '../severity-badge.tsx';
import { stateWords } from '../words.ts';
import { emptyLink, LinkForm, type LinkFormProps } from './link-form.tsx';
import { kindText } from './link-words.ts';
import { NamedLink } from './named-link.tsx';
import { useCandidates } from './use-candidates.ts';
import { useLinks } from './use-links.ts';
import type { Named } from './use-named.ts';

type Related = NonNullable<IncidentView['related']>[number];

export interface RelatedPanelProps {
  readonly api: Api;
  readonly incident: IncidentView;
  /** What is known of the incidents that it names. */
  readonly named: Named;
  readonly mayWrite: boolean;
  readonly now: number;
  onChanged(): void;
}

/** Which incidents have to do with this one, why that is thought, and what a person says of it. */
export function RelatedPanel({ api, incident, named, mayWrite, now, onChanged }: RelatedPanelProps) {
  const { busy, problem, said, link, unrelate } = useLinks(api, incident, onChanged);
  const { draft, change, forget } = useDraft(`link:${incident.id}`, emptyLink);
  const form = useRef<HTMLHeadingElement>(null);
  const [removed, setRemoved] = useState(0);
  const head = useFocusAfter(removed);
  const { related = [], mergedInto } = incident;
  const mayLink = mayWrite && mergedInto === undefined;
  const pick = (id: string) => {
    change({ other: id, text: '' });
    form.current?.focus();
  };
  return (
    <section className="links" aria-labelledby="related">
      <h2 id="related" tabIndex={-1} ref={head}>
        Related incidents
      </h2>
      {related.length === 0 && <p className="soft">None, as far as correlation and people say.</p>}
      {related.length > 0 && (
        <ul className="card lines">
          {related.map((one) => (
            <RelatedLine
              key={one.incident}
              {...{ one, named, busy, mayWrite }}
              onMerge={mayLink && incident.state !== 'resolved' ? () => pick(one.incident) : undefined}
              onUnrelate={() =>
                unrelate({ id: one.incident, name: named.get(one.incident)?.name ?? 'It' }, () =>
                  setRemoved(removed + 1),
                )
              }
            />
          ))}
        </ul>
      )}
      <p role="status">{said}</p>
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      {mayLink && (
        <>
          <h2 tabIndex={-1} ref={form}>
            Merge or relate
          </h2>
          <ByHand
            {...{ api, incident, now, busy, draft }}
            onChange={change}
            onLink={(kind, other, reason) => link(kind, other, reason, forget)}
          />
        </>
      )}
    </section>
  );
}

interface RelatedLineProps extends Pick<RelatedPanelProps, 'named' | 'mayWrite'> {
  readonly one: Related;
  readonly busy: boolean;
  /** Absent where it cannot be merged. */
  readonly onMerge: (() => void) | undefined;
  onUnrelate(): void;
}

function RelatedLine({ one, named, busy, mayWrite, onMerge, onUnrelate }: RelatedLineProps) {
  const incident = named.get(one.incident);
  const name = incident?.name ?? 'another incident';
  return (
    <li>
      {incident !== undefined && <SeverityBadge severity={incident.severity} />}
      <span className="grow">
        <NamedLink id={one.incident} {...{ named }} />{' '}
        {incident !== undefined && (
          <span className={`state ${incident.state}`}>{stateWords[incident.state]}</span>
        )}
        <br />
        <span className="soft">
          {kindText(one)}: <bdi>{one.why}</bdi>
        </span>
      </span>
      {mayWrite && (
        <span className="buttons">
          {incident !== undefined && incident.state !== 'resolved' && onMerge !== undefined && (
            <Button variant="default" aria-label={`Merge with ${name}`} onClick={onMerge}>
              Merge …
            </Button>
          )}
          <Button
            variant="default"
            aria-disabled={busy}
            aria-label={`Not related: ${name}`}
            onClick={() => !busy && onUnrelate()}
          >
            Not related
          </Button>
        </span>
      )}
    </li>
  );
}

interface ByHandProps
  extends Pick<RelatedPanelProps, 'api' | 'incident' | 'now'>,
    Pick<LinkFormProps, 'busy' | 'draft' | 'onChange' | 'onLink'> {}

function ByHand({ api, incident, ...rest }: ByHandProps) {
  const { value = [], problem } = useCandidates(api);
  return (
    <>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      <LinkForm own={incident} candidates={value} {...rest} />
    </>
  );
}
