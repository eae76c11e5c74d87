import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { limits } from '../../limits.ts';
import type { SaidLink } from '../../links.ts';
import { firstText, outline, textOf } from '../../reading.ts';
import type { AlertSource } from '../../source.ts';
import { type Dialect, descriptionFrom, translateGroup } from '../alertmanager/index.ts';
import { translateGeneric } from '../generic/any.ts';

/** Grafana's own alerting, versions 9 to 12: Alertmanager's form with words of its own. */
export const grafana: AlertSource = {
  product: 'Grafana',
  tellsState: true,
  verification: {
    scheme: 'hmac',
    header: 'x-grafana-alerting-signature',
    timeHeader: 'x-grafana-alerting-timestamp',
    secretBy: 'us',
  },
  translate(body, receipt) {
    const group = isRecord(body) ? translateGroup(body, receipt, dialect) : undefined;
    return group ?? translateGeneric(body, receipt, { generic: true });
  },
};

const dialect: Dialect = {
  title: titleOf,
  description: descriptionOf,
  links: linksOf,
  isTest: ({ alertname, instance }) => alertname === 'TestAlert' && instance === 'Grafana',
};

/** What Grafana calls an alert about a rule that could not be asked; the rule itself is in another label. */
const unasked: ReadonlyMap<unknown, string> = new Map([
  ['DatasourceNoData', 'no data'],
  ['DatasourceError', 'the data source fails'],
]);

/** The name may stand around the alerts, when they are grouped by it. */
function titleOf(labels: JsonRecord, { commonLabels, groupLabels }: JsonRecord): string | undefined {
  const names = [labels, recordOf(commonLabels), recordOf(groupLabels)].map((each) =>
    firstText(each, ['alertname']),
  );
  const name = names.find((each) => each !== undefined);
  const rule = firstText(labels, ['rulename']);
  const why = unasked.get(name);
  return why === undefined || rule === undefined ? name : `${rule}: ${why}`;
}

/** What the annotations say, and what the rule measured. */
function descriptionOf({ values }: JsonRecord, annotations: JsonRecord): string | undefined {
  const said = descriptionFrom(annotations);
  const measured = isRecord(values) ? outline(values, 200) : '';
  const parts = [said?.slice(0, limits.description), measured && `Values: ${measured}`];
  return parts.filter(Boolean).join('\n') || undefined;
}

/** The first that there are, as many as are kept: a panel shows more than its dashboard, a picture more than the way to a silence. */
function linksOf(alert: JsonRecord, annotations: JsonRecord, group: JsonRecord): readonly SaidLink[] {
  const base = group.externalURL;
  const panel = textOf(alert.panelURL);
  const links = [
    { href: annotations.runbook_url ?? annotations.runbook, text: 'Runbook' },
    panel === undefined
      ? { href: alert.dashboardURL, text: 'Dashboard', base }
      : { href: panel, text: 'Panel', base },
    { href: alert.generatorURL, text: 'Source', base },
    { href: alert.imageURL, text: 'Picture', base },
    { href: alert.silenceURL, text: 'Silence', base },
  ];
  return links.filter(({ href }) => textOf(href) !== undefined).slice(0, limits.links);
}
