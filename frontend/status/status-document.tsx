import { StatusPage, type StatusPageConfig } from './status-page.tsx';

export interface StatusDocumentProps {
  readonly config: StatusPageConfig;
  /** The name of the style sheet beside the page. */
  readonly sheet: string;
  /** The name of the Atom feed beside the page. */
  readonly feed: string;
  /** The address that the form of subscribers posts to. @default no form */
  readonly subscribe?: string | undefined;
}

/** The whole document of a public page, to be rendered without script. Its colours are in the style sheet, as its policy demands. */
export function StatusDocument({ config, sheet, feed, subscribe }: StatusDocumentProps) {
  const { colours: _, ...page } = config.page ?? { id: '', name: 'Status' };
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={config.description} />
        <title>{`${page.name} status`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={sheet} />
        <link rel="alternate" type="application/atom+xml" href={feed} title="Updates" />
      </head>
      <body>
        <StatusPage config={{ ...config, page }} isPublic theme="auto" feed={feed} subscribe={subscribe} />
      </body>
    </html>
  );
}
