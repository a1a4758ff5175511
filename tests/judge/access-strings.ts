/** Access strings that redis-server 7.0 was asked about: tests/long asks it again. */

/** What it takes. */
export const taken: readonly string[] = [
  "",
  "on ~* +@all",
  "ON ALLKEYS ALLCHANNELS ALLCOMMANDS",
  "off nopass resetpass sanitize-payload skip-sanitize-payload",
  "on >secret",
  "~* ~*",
  "~a ~*",
  "~* resetkeys ~a",
  "%RW~* ~a",
  "%rw~a %WR~b %W~c %R~d",
  "~ %R~ &",
  "~a~b",
  "&a &*",
  "&* resetchannels &a",
  "-@all +get -SET +@Read -@dangerous",
  "+config|get -config|set +select|0",
  "()",
  "(+get ~a) ( -@all  &b )",
  "(+get) clearselectors",
];

/** What it refuses; and where, and why, in our words. */
export const faulty: readonly (readonly [text: string, place: string, what: string])[] = [
  ["on foo", 'word 2, "foo"', "that is no rule"],
  ["on ~* +gett", 'word 3, "+gett"', "no command has that name"],
  ["on  +@raed", 'word 2, "+@raed"', "no category has that name"],
  ["+", 'word 1, "+"', "the name of a command is missing"],
  ["-@", 'word 1, "-@"', "no category has that name"],
  ["+config|", 'word 1, "+config|"', "the name of a command is missing"],
  ["+config|get|x", 'word 1, "+config|get|x"', "a rule goes no further than a subcommand"],
  ["~* ~a", 'word 2, "~a"', "all keys are allowed before it, by ~*"],
  ["&* &a", 'word 2, "&a"', "all channels are allowed before it, by &*"],
  ["%Q~a", 'word 1, "%Q~a"', "before ~ there may be %R, %W or %RW"],
  ["%~a", 'word 1, "%~a"', "before ~ there may be %R, %W or %RW"],
  ["%rr~a", 'word 1, "%rr~a"', "before ~ there may be %R, %W or %RW"],
  ["(+get ~a", 'word 1, "(+get"', "its parenthesis is not closed"],
  ["(~a)b", 'word 1, "(~a)b"', "its parenthesis is not closed"],
  ["((+get))", 'word 1, "((+get))"', "the parentheses do not pair"],
  ["(on ~a)", 'word 1, "(on"', "a selector has commands, keys and channels alone"],
  ["~a )", 'word 2, ")"', "the parentheses do not pair"],
];
