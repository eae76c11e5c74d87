import type { Severity } from '../../shared/alerts/severity.ts';
import { severityWords } from '../../shared/incidents/words.ts';

/** `P1`, in the colour of that severity; with its word for those who cannot see it, or want it. */
export function SeverityBadge({
  severity,
  whole = false,
}: {
  readonly severity: Severity;
  readonly whole?: boolean;
}) {
  const { short, word } = severityWords[severity];
  return (
    <span className={`severity ${short.toLowerCase()}`}>
      {short}
      <span className={whole ? '' : 'unseen'}> {word}</span>
    </span>
  );
}
