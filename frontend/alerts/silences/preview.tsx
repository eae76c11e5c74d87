import { useDeferredValue } from 'react';
import type { Api } from '../../api/use-api.ts';
import { SeverityBadge } from '../../incidents/severity-badge.tsx';
import { FailedLoad } from '../../ui/failed-load.tsx';
import { fittingOf, fittingText, goingOnText } from './fitting.ts';
import type { SilenceDraft } from './silence-draft.ts';
import { useFiring } from './use-firing.ts';

const SHOWN = 5;

export interface PreviewProps {
  readonly api: Api;
  readonly draft: SilenceDraft;
}

/** Which alerts that fire now a silence or maintenance window would be about. */
export function Preview({ api, draft }: PreviewProps) {
  const { value, problem, refresh } = useFiring(api);
  const written = useDeferredValue(draft);
  if (value === undefined)
    return problem === undefined ? (
      <p className="soft">Looking for alerts that it fits …</p>
    ) : (
      <FailedLoad problem={problem} onAgain={refresh} />
    );
  const fitting = fittingOf(written, value.alerts);
  const goesOn = goingOnText(written.kind, fitting);
  return (
    <div className="consequences">
      <p role="status">{fittingText(fitting.length, value)}</p>
      {fitting.length > 0 && (
        <>
          <ul>
            {fitting.slice(0, SHOWN).map(({ id, title, severity, service }) => (
              <li key={id}>
                {severity !== undefined && <SeverityBadge severity={severity} />} <bdi>{title}</bdi>{' '}
                {service !== undefined && <span className="soft">{service}</span>}
              </li>
            ))}
            {fitting.length > SHOWN && <li className="soft">and {fitting.length - SHOWN} more</li>}
          </ul>
          {goesOn !== undefined && <p>{goesOn}</p>}
        </>
      )}
    </div>
  );
}
