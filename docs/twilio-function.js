/*
 * Rings the staff's mobiles for a diverted office number; the first who presses 1 has the call.
 *
 * A Twilio Function: Twilio runs it, so it works while the office is on fire. Deploy it once
 * (docs/CARRIER.md says how) and give its address to Linekeeper as divert-url. It holds no secret
 * and places no call by itself: it only answers with TwiML, which Twilio carries out for the
 * numbers of your own account. Public visibility is therefore safe.
 *
 * Query parameters, written by Linekeeper into the number's VoiceUrl:
 *   to        1 to 10 mobiles in E.164, separated by commas, the plus written as %2B
 *   callerId  the office's number, shown where the caller's own cannot be (withheld numbers)
 *   show      "office" shows the office's number always: some networks block UK callers' numbers
 *             that arrive from abroad (carrier: show in linekeeper.yml)
 *   timeout   seconds to ring, 5 to 60; 25 if absent, shorter than most voicemails take (carrier: ring)
 *
 * src/main/java/org/linekeeper/demo/carrier/TwimlHost.java is its stand-in for demo and tests.
 */
// What Twilio says instead of a withheld caller's number: ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN
// and BLOCKED, spelt on a keypad. None is anybody's number, and networks refuse calls that show one.
const WITHHELD = ['+266696687', '+7378742833', '+86282452253', '+8656696', '+2562533'];
const SORRY = '<Say>Sorry, nobody can take your call. Please try again later.</Say>';

function numbers(text) {
  const found = (text || '')
    .split(',')
    .map((n) => n.trim())
    // a plus sign in a query means a space, so a number may arrive without its plus
    .map((n) => (n.startsWith('+') ? n : '+' + n))
    .filter((n) => /^\+[1-9][0-9]{6,14}$/.test(n));
  return [...new Set(found)].slice(0, 10); // Twilio rings at most ten at once
}

function showable(from) {
  const found = numbers(from);
  return found.length === 1 && !WITHHELD.includes(found[0]);
}

function dial(event, path) {
  const to = numbers(event.to);
  if (to.length === 0) {
    return SORRY;
  }
  const asked = /^[0-9]{1,9}$/.test(event.timeout || '') ? Number(event.timeout) : 25;
  const timeout = Math.min(60, Math.max(5, asked));
  const shown = showable(event.From) && event.show !== 'office';
  const office = numbers(event.callerId)[0];
  const callerId = !shown && office ? ` callerId="${office}"` : '';
  const legs = to.map((n) => `<Number url="${path}?mode=screen">${n}</Number>`).join('');
  // answerOnBridge: the caller hears ringing, not silence, while somebody is asked to press 1
  return `<Dial answerOnBridge="true" timeout="${timeout}"${callerId}>${legs}</Dial>${SORRY}`;
}

function screen(path) {
  // A voicemail presses nothing: it is hung up on, and the other mobiles get their chance.
  return (
    `<Gather numDigits="1" timeout="8" action="${path}?mode=accept">` +
    '<Say>A call for the office. Press 1 to take it.</Say></Gather><Hangup/>'
  );
}

function verbs(event, path) {
  switch (event.mode) {
    case 'screen':
      return screen(path);
    case 'accept':
      return event.Digits === '1' ? '' : '<Hangup/>';
    default:
      return dial(event, path);
  }
}

exports.handler = function (context, event, callback) {
  const response = new Twilio.Response();
  response.appendHeader('Content-Type', 'text/xml');
  response.setBody(
    '<?xml version="1.0" encoding="UTF-8"?><Response>' +
      verbs(event, context.PATH || '/divert') +
      '</Response>'
  );
  callback(null, response);
};
