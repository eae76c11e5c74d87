import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceNamed } from '../../labels.ts';
import type { SaidLink } from '../../links.ts';
import { isWorse, type Severity, severityOf } from '../../severity.ts';
import type { SignalState } from '../../signal.ts';
import type { AlertSource, Receipt, Translation } from '../../source.ts';
import { stateOf } from '../../state-words.ts';
import { folded } from '../../text.ts';
import { keyOnly } from '../../verification.ts';
import { translateGeneric } from '../generic/any.ts';
import { labelsOfTags, partsOf, type Said, saidIn } from './fields.ts';
import { linkIn, monitorIn, snapshotIn, textIn } from './text.ts';
import { isWarning, readTitle, type Title, transitionState } from './title.ts';

/** Datadog's webhooks: our template, its own default, and templates that name things otherwise. */
export const datadog: AlertSource = {
  product: 'Datadog',
  verification: keyOnly,
  translate(body, receipt) {
    return translateEvent(body, receipt) ?? translateGeneric(body, receipt, { generic: true });
  },
};

function translateEvent(body: unknown, receipt: Receipt): Translation | undefined {
  const said = saidIn(body);
  const description = textIn(said.text);
  const title = readTitle(said.title ?? description?.split('\n', 1)[0] ?? '');
  const identity = identityOf(said, title);
  if (identity === undefined) return undefined;
  const state = stateIn(said, title);
  const signal = compose(
    {
      fingerprint: fingerprintOf(receipt.integration, ...identity),
      state,
      time: said.date,
      title: title.name === '' ? `Monitor ${said.monitor ?? identity.at(-1)}` : title.name,
      description,
      severity: severityIn(said, title),
      service: serviceIn(said),
      labels: labelsOf(said),
      links: linksOf(said),
      test: title.test,
    },
    receipt,
  );
  return { signals: [signal] };
}

/** What names the alert from its trigger to its recovery. An event's own id does not: each has another. */
function identityOf(said: Said, title: Title): readonly string[] | undefined {
  if (said.cycle !== undefined) return ['cycle', said.cycle];
  if (said.aggregate !== undefined) return ['aggregate', said.aggregate];
  if (said.key !== undefined) return ['key', said.key];
  const monitor = said.monitor ?? monitorIn(said.link) ?? monitorIn(said.text);
  const scope = [...partsOf(said.scope ?? title.group ?? said.host ?? '')].sort();
  if (monitor !== undefined) return ['monitor', monitor, ...scope];
  return title.name === '' ? undefined : ['title', folded(title.name), ...scope];
}

function stateIn(said: Said, title: Title): SignalState {
  const told = transitionState(said.transition) ?? transitionState(title.transition);
  if (told !== undefined) return told;
  if (said.type !== undefined && /^(success|recovery)$/i.test(said.type)) return 'resolved';
  return stateOf(said.state) ?? 'firing';
}

/** The monitor's priority; a warning of an urgent monitor is not as urgent yet. An error is what every alert is, and says nothing. */
function severityIn(said: Said, title: Title): Severity | undefined {
  const priority = [said.priority, title.priority].find((text) => /^p?[1-5]$/i.test(text?.trim() ?? ''));
  const severity = severityOf(priority) ?? severityOf(said.severity);
  const transition = transitionState(said.transition) === undefined ? title.transition : said.transition;
  const warns = transition === undefined ? said.type?.toLowerCase() === 'warning' : isWarning(transition);
  if (warns) return severity === undefined || isWorse(severity, 'P3_MEDIUM') ? 'P3_MEDIUM' : severity;
  return severity ?? (said.type?.toLowerCase() === 'info' ? 'P5_INFO' : undefined);
}

/** The first tag that names a service; a scope is made of tags, too. */
function serviceIn({ tags, scope = '', service }: Said): string | undefined {
  const tag = [...tags, ...partsOf(scope)].find((each) => /^service:./i.test(each));
  return serviceNamed(tag?.slice('service:'.length) ?? service);
}

function labelsOf(said: Said): Readonly<Record<string, string>> {
  const { host, metric, monitor = monitorIn(said.link) ?? monitorIn(said.text) } = said;
  return {
    ...(host !== undefined && { host }),
    ...(metric !== undefined && { metric }),
    ...(monitor !== undefined && { monitor_id: monitor }),
    ...labelsOfTags([...partsOf(said.scope ?? ''), ...said.tags]),
  };
}

function linksOf(said: Said): readonly SaidLink[] {
  return [
    { href: said.link, text: 'Datadog' },
    { href: linkIn(said.text), text: 'Monitor' },
    { href: said.snapshot ?? snapshotIn(said.text), text: 'Graph' },
  ];
}
