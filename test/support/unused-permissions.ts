/** Permissions that no ordinary day uses, as `Function action resource`, each with what uses them or why they are there. */
export const unusedPermissions: readonly (readonly [which: RegExp, why: string])[] = [
  [/ sqs:(ReceiveMessage|DeleteMessage) /, 'Lambda empties the queue of a worker in its name'],
  [/ sqs:ChangeMessageVisibility /, 'a failing worker tries again sooner: test/stories/poison.test.ts'],
  [/ sqs:(GetQueueAttributes|GetQueueUrl) /, 'grants of the CDK add it; it tells nothing of messages'],
  [/ secretsmanager:DescribeSecret /, 'grants of the CDK add it; it tells nothing of the secret'],
  [/^ReceiveMail /, 'somebody mails: test/stories/mail-in.test.ts, test/functions/alerts'],
  [/^Sweep dynamodb:(GetItem|PutItem) /, 'a heartbeat stays away: test/functions/alerts/heartbeats.test.ts'],
  [/^Alerts dynamodb:BatchGetItem /, 'alerts are listed, or somebody asks why: test/stories/why.test.ts'],
  [/^TakeEvents /, 'the account tells of itself: test/stories/account-events.test.ts, test/functions/alerts'],
  [
    / dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams) /,
    "Lambda reads the stream in a reader's name",
  ],
  [/^(Broadcast|FanOut) s3:/, "Lambda keeps in a reader's name what that refused to the end"],
  [
    / ses:(GetIdentityVerificationAttributes|VerifyEmailIdentity) /,
    'only in the sandbox of SES: test/functions/identity',
  ],
  [
    /^(Receive dynamodb:UpdateItem|(Receive|Alerts) ssm:|Alerts (s3:|sqs:SendMessage)) ?/,
    'secrets, refusals, last bodies and tests of integrations: test/functions/alerts/{rotation,activity}.test.ts',
  ],
  [/^Receive dynamodb:PutItem /, 'the second path, when the queue takes nothing: test/functions/alerts'],
  [
    /^Sweep (dynamodb:DeleteItem|sqs:SendMessage StoresAlerts)/,
    'moves on what the second path stored: test/functions/incidents',
  ],
  [
    /^((Alerts|Identity|WarRoom) dynamodb:(GetItem|UpdateItem)|StatusApi dynamodb:UpdateItem) /,
    'an Idempotency-Key that comes again, or whose request failed: test/functions/edge',
  ],
  [
    /^Deliver (dynamodb:(GetItem|Query|UpdateItem) |sqs:SendMessage )/,
    'a refused page goes to the next: test/functions/on-call/refused.test.ts',
  ],
  [
    /^Deliver (ssm:GetParameter|sns:Publish) /,
    'pages by other channels than e-mail: test/stories/on-call.test.ts',
  ],
  [
    /^(OnCall (dynamodb:DeleteItem |ssm:|sqs:)|Configuration dynamodb:Query )/,
    'overrides, channels, their tests and plans: test/functions/on-call, test/functions/configuration',
  ],
  [/^Escalate dynamodb:(GetItem|Query) /, 'nobody is reached, or another was faster: test/functions/on-call'],
  [
    /^Canary dynamodb:DeleteItem /,
    'removes what earlier ones left, after an hour: test/functions/operations',
  ],
  [
    /^Broadcast (dynamodb:(DeleteItem|GetItem|PutItem) |sqs:SendMessage )/,
    'forgets who left without a word: test/stories/room.test.ts',
  ],
  [
    /^(Disconnect|Broadcast) execute-api:/,
    'tells the others who left: test/functions/war-room/messages.test.ts',
  ],
  [
    /^(Identity|Message) execute-api:ManageConnections /,
    'cuts off who was removed: test/stories/outage.test.ts, test/functions/war-room/messages.test.ts',
  ],
  [
    /^(Mailing |FanOut sqs:SendMessage StoresMailing|StatusApi (dynamodb:DeleteItem|secretsmanager:|sqs:SendMessage StoresMailing))/,
    'somebody subscribes to the status page and is mailed: test/stories/subscribers.test.ts',
  ],
  [
    /^(Runbooks|Execute) |^Sweep sqs:SendMessage StoresRunbooks/,
    'runbooks are saved, carried out and approved: test/stories/runbooks.test.ts looks at these',
  ],
  [
    /^(Timeline|Postmortems|PostmortemPdf) dynamodb:|^FanOut sqs:SendMessage StoresRoom/,
    'somebody looks back at an incident, or tells the public of it: test/stories/{post-mortem,outage}.test.ts',
  ],
  [/^Metrics dynamodb:/, 'somebody looks at the metrics, or sets targets: test/functions/metrics'],
  [/^Message dynamodb:DeleteItem /, 'somebody leaves a room, or takes down a pin: test/functions/war-room'],
];
