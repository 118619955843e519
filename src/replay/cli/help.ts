/** @internal */
export const help = `hudhud: records the stream of a chat, looks at recorded logs of @hudhud/state, plays them, and tells whether they come to
the same.

Usage
  hudhud replay verify FILE…        Plays each log and compares with its checkpoints.
  hudhud replay show FILE           Shows the actions, one a line.
  hudhud replay stats FILE…         Counts what is in each log.
  hudhud replay diff FILE FROM TO   Shows how the states before two actions differ.
  hudhud replay find FILE           Shows the actions that --type or --id fits.
  hudhud replay open FILE…          Shows logs in the inspector, in the browser, until Ctrl-C. Only in the repository of
                                    @hudhud/state: the installed package has no inspector.
  hudhud replay redact FILE         Makes a log without texts of one with texts.
  hudhud replay to-devtools FILE    Makes a file that the Redux DevTools import.
  hudhud replay from-devtools FILE  Makes a log of a file that the Redux DevTools exported.
  hudhud record --url URL --out FILE
                                    Signs in, and records what the stream says until Ctrl-C.

FILE may be packed with gzip; "-" is standard input. Files may be of any length. show, find and stats go over broken
lines as far as possible, and tell each of them.

Options
  --json            One JSON object a line, for other programs.
  --from N, --to N  Of show and find: only actions from number N on, and before number N.
  --type TEXT       Of show and find: only actions with this in their type.
  --id ID           Of find: only actions that name this id.
  --state N         Of show: the whole state before action N, as JSON.
  --no-browser      Of open: prints the address, and opens no browser.
  --page DIR        Of open: the folder of a build of the demo. Default: a new one, which takes some seconds.
  --out, -o FILE    Of redact, to- and from-devtools: where to write; packed if it ends with .gz. Default: standard
                    output.
  --lifted          Of to-devtools: the form with times.
  --instance NAME   Of from-devtools: where the chat is mounted. Default hudhud.
  --keep-metadata NAME
                    Of redact and record: metadata that stays, as correlate reads it; may be repeated. Default client_id.
  --url URL         Of record: the start of all REST addresses, such as https://chat.example/api.
  --username NAME   Of record: who signs in; or HUDHUD_USERNAME. The password is read from HUDHUD_PASSWORD. Who has a
                    token gives it as HUDHUD_TOKEN instead. None of them is written anywhere.
  --project SLUG, --channel SLUG
                    Of record: loads this workspace and channel first.
  --seconds N       Of record: ends it after so long.
  --redaction HOW   Of record: "none" keeps texts. Default "pseudonyms".
  --with MODULE     A module of the app that exports its own "correlate" or "reducer".
  --help, -h        This text.

Exit codes
  0  As it should be.
  1  Something was found: a log that is damaged or comes to something else, states that differ, nothing that fits.
  2  It could not be done: a mistake in the call, a file that is not there or no log.

Examples
  hudhud replay verify session.ndjson
  hudhud replay show session.ndjson --type outbox/ --from 200 --to 400
  hudhud replay show session.ndjson --state 317 | jq .outbox
  hudhud replay diff session.ndjson 316 317
  hudhud replay find session.ndjson --id 3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02 --json
  hudhud replay open session.ndjson
  hudhud replay redact session.ndjson --out session.redacted.ndjson.gz
  hudhud replay to-devtools session.ndjson --out state.json
  HUDHUD_PASSWORD=… hudhud record --url https://chat.example/api --username sara --seconds 60 --out live.ndjson
`;
