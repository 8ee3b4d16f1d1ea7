/** The passwords that everybody tries first and that are long enough to be allowed, in lower case. English, then keys of a Korean keyboard. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 12341234 11111111
  00000000 87654321 88888888 99999999 12121212 11223344 123123123 987654321 147258369 qwertyui qwerty12 qwerty123 qwerty1234 qwertyuiop
  1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 zaq12wsx asdfghjk asdfghjkl zxcvbnm1 abcd1234 abc12345 a1234567 a12345678 aa123456 abcdefgh
  iloveyou iloveyou1 sunshine princess football baseball superman starwars trustno1 whatever letmein1 welcome1 welcome123 changeme
  admin123 admin1234 administrator computer internet michelle jennifer dragon12 monkey12 master12 shadow12 secret12 test1234 guest123
  qwer1234 qwer1234! asdf1234 asdf1234! zxcv1234 1234qwer 1234asdf rhkddkwl gksrnrdj dkssudgktpdy dkssud12 dkssud123 tkfkdgo1 tkfkdgody
  tkfkd123 tkfkdgo12 alfkzmf1 qlalfqjsgh qlalfqjsgh1 ghkdlxld ehdgoanf sarangbang sarangbang1 korea1234 seoul1234 love1234 love1004
  1004love angel1004 sarang12 sarang123 saranghae saranghae1 password! qwerty!@ 1q2w3e4r! 1234567a 12345678a 123456aa asd12345`.split(
    /\s+/,
  ),
);
