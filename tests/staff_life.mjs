/*
 * staff_life.mjs - demands lived through by those who handle them: every act of the staff at least once, and refusals of each kind.
 *
 * The same lives are led over the pages (http) and over JSON (contract): `door` says how. An act is the word of its address.
 *     door.act(role, no, word, fields) -> { status, reason, fields }: 2xx when it was done
 *     door.open(role, no) -> status of the demand's page
 *     door.words -> set of the acts that were done; door.refused -> set of those refused once
 */
const REPLY = '工作人员 11 月 22 日到现场更换了三盏路灯，当晚 19 时已经亮起。物业今后每周巡查一次，灯坏了可以直接打物业电话。';
const LONG = '已经安排施工队，材料本周到货，到货后两天内完成，请您先绕行南门。';
const day = n => new Date(Date.now() + n * 86400e3).toISOString().replace(/\.\d+Z/, 'Z');

export function lives({ door, file, is, that, sql, statusOf, object, toldTo }) {
  const done = async (role, no, word, fields = {}) => {
    const r = await door.act(role, no, word, fields);
    that(r.status < 300, `${role} ${word}: ${r.status} ${r.reason ?? ''} ${JSON.stringify(r.fields ?? '')}`);
    door.words.add(word);
    return r;
  };
  const refused = async (role, no, word, fields, status, reason) => {
    const r = await door.act(role, no, word, fields);
    is(r.status, status, `${role} ${word} refused`);
    if (reason) that(r.reason === reason || (r.fields ?? []).includes(reason), `${role} ${word}: ${reason} expected, got ${r.reason} ${JSON.stringify(r.fields)}`);
    door.refused.add(word);
  };
  const street = () => file({ category_code: door.street, area_code: '110105001', public: true, contact: { name: '王小明', phone: '13800138000' } });
  const unsure = () => file({ area_code: '110105001' });
  const STREET = 'ST110105001', BUREAU = 'DB11010501', DEPARTMENT = 'BJ101', DISTRICT = 'BJ110105';

  return {
    async 'a demand is signed for, contacted, worked on by many, extended, paused, answered'() {
      const t = await street(), no = t.ticket_no;
      is(await door.open('officer', no), 200, 'the unit opens it');
      is(await door.open('officer2', no), 404, 'another unit finds nothing');
      await refused('officer2', no, 'sign', {}, 404, 'TICKET_NOT_FOUND');
      await done('officer', no, 'sign');
      await refused('officer', no, 'sign', {}, 409, 'STATE_FORBIDS');
      await done('officer', no, 'contact', { reached: 'no' });
      await done('officer', no, 'contact', { reached: 'yes' });
      await refused('officer', no, 'contact', {}, 422, 'REQUIRED');
      await done('officer', no, 'note', { words: '物业说周三有人。' });
      await refused('officer', no, 'note', { words: '' }, 422, 'REQUIRED');
      await done('officer', no, 'cowork', { unit_code: BUREAU });
      await refused('officer', no, 'cowork', { unit_code: 'NOBODY' }, 422, 'NOT_A_CHOICE');
      is(await door.open('bureau', no), 200, 'a co-unit opens it');
      await done('bureau', no, 'cowork-report', { words: '我们已经看过线路，正在等配件。', stage: true });
      await done('bureau', no, 'cowork-report', { words: '线路已经换好，供电正常。' });
      await refused('department', no, 'cowork-report', { words: '与我们无关' }, 404);
      await done('officer', no, 'whistle', { units: [DEPARTMENT, 'BJ102'], words: '请到现场确认灯杆归谁管。' });
      await refused('officer', no, 'whistle', { units: ['NOBODY'], words: '请到现场。' }, 422, 'NOT_A_CHOICE');
      await done('department', no, 'whistle-report');
      await refused('bureau', no, 'whistle-report', {}, 403);
      await done('department', no, 'whistle-deliver', { words: '灯杆归街道管，已经书面确认。' });
      await refused('department', no, 'whistle-deliver', { words: '' }, 422, 'REQUIRED');
      await done('dispatcher', no, 'joint', { unit_code: 'BJ103' });
      await refused('dispatcher', no, 'joint', { unit_code: '' }, 422, 'REQUIRED');
      await done('officer', no, 'joint-action', { units: ['DB11010801'], words: '请一起查看交界处的路灯。' });
      await refused('officer', no, 'joint-action', { units: [], words: '请一起查看。' }, 422, 'REQUIRED');
      await done('officer', no, 'helper', { helper: 'property', name: '某某物业', words: '请物业开门并关掉总闸。' });
      await refused('officer', no, 'helper', { helper: 'property', name: '', words: '请物业开门。' }, 422, 'REQUIRED');
      await done('officer', no, 'escalate', { unit_code: DISTRICT, words: '两家单位对灯杆归属意见不一，请协调。' });
      await refused('officer', no, 'escalate', { unit_code: STREET, words: '请协调一下归属。' }, 422);
      await done('district', no, 'escalation-answer', { words: '由街道先修，费用由区里统一结算。' });
      await refused('bureau', no, 'escalation-answer', { words: '由街道先修。' }, 403);
      await done('officer', no, 'relay', { body: 'central', name: '某中央单位', words: '院墙上的灯属于该单位，已经函请维修。' });
      await refused('officer', no, 'relay', { body: 'mars', name: '某单位', words: '函请维修。' }, 422, 'NOT_A_CHOICE');
      const seq = Number(await sql(`SELECT MAX(e.seq) FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE t.ticket_no = '${no.replaceAll('-', '')}' AND e.code = 38`));
      await done('officer', no, 'relay-answer', { seq, words: '该单位答复本周内修好。' });
      await refused('officer', no, 'relay-answer', { seq: 999, words: '已经修好。' }, 422, 'NOT_A_CHOICE');
      await done('officer', no, 'extend', { until: day(8), words: '配件要从外地调运，请多等一天。' });
      await refused('officer', no, 'extend', { until: 'tomorrow', words: '配件没到。' }, 422, 'NOT_A_TIME');
      await done('officer', no, 'extend-ask', { until: day(40), words: '要走招标程序，需要更长的时间。' });
      await refused('officer', no, 'extend-ask', { until: day(41), words: '要走招标程序，还要更久。' }, 409, 'EXTENSION_OPEN');
      await refused('officer', no, 'extend-decide', { approve: 'yes' }, 403);
      await done('manager', no, 'extend-decide', { approve: 'no', words: '不需要这么久，请先临时照明。' });
      await done('officer', no, 'pause', { reason: 'weather', words: '雨停以后才能登高作业。' });
      await refused('officer', no, 'pause', { reason: 'weather', words: '雨还没有停。' }, 409, 'ALREADY_PAUSED');
      await done('officer', no, 'resume');
      await refused('officer', no, 'resume', {}, 409, 'NOT_PAUSED');
      await done('supervisor', no, 'supervise', { words: '请说明为什么三天没有修好。' });
      await refused('officer', no, 'supervise', { words: '请说明。' }, 403);
      await done('officer', no, 'supervise-answer', { words: '配件缺货，已经改用备用灯具。' });
      await refused('officer', no, 'supervise-answer', { words: '再说一次。' }, 409, 'NOT_SUPERVISED');
      await done('officer', no, 'report', { words: '灯杆有漏电风险，已经拉线隔离。' });
      await refused('officer2', no, 'report', { words: '灯杆有漏电风险。' }, 404);
      const seen = await done('officer', no, 'reveal', { words: '约定上门查看的时间' });
      that(seen.text.includes('13800138000'), 'the phone is shown');
      await refused('officer', no, 'reveal', { words: '' }, 422, 'REQUIRED');
      const other = await street();
      await done('dispatcher', no, 'link', { other: other.ticket_no });
      await refused('dispatcher', no, 'link', { other: 'SD-000000-0000000-0' }, 422);
      that((await toldTo(t)).includes('另有一件诉求') && !(await toldTo(t)).includes(other.ticket_no), 'its filer is told of the other, without its number');
      that(!(await toldTo(other)).includes(no), 'nor does the other filer learn this one');
      await refused('officer', no, 'reply', { outcome: 'solved', words: '' }, 422, 'REQUIRED');
      await done('officer', no, 'reply', { outcome: 'solved', words: REPLY, account: '费用从维修资金列支。' });
      is(await statusOf(t), 'replied', 'the citizen sees the answer');
      await done('dispatcher', no, 'publish', { title: '路灯不亮', text: '小区北门的路灯连续三天不亮，希望尽快修好。', words: '已经更换。' });
      await refused('officer', no, 'publish', { title: '路灯', text: '小区北门的路灯不亮。' }, 403);
      await object(t);
      const reviewer = await sql(`SELECT a.unit_code FROM assignment a JOIN ticket t ON t.lead_id = a.id WHERE t.ticket_no = '${no.replaceAll('-', '')}'`);
      that(reviewer !== STREET, `another unit looks again, not ${reviewer}`);
      await done('dispatcher', no, 'redispatch', { unit_code: DEPARTMENT, words: '请市级部门复核。' });
      await refused('officer', no, 'redispatch', { unit_code: DEPARTMENT }, 403);
      await done('department', no, 'sign');
      await done('department', no, 'review', { review: 'upheld', words: '我们到现场看过，三盏灯都亮，原来的答复属实。' });
      await refused('department', no, 'review', { review: 'upheld', words: '再看一次。' }, 409);
      await done('dispatcher', no, 'close', { words: '复核完成。' });
      await refused('dispatcher', no, 'close', {}, 409);
      is(await statusOf(t), 'closed');
    },
    async 'a demand of unknown class is conferred on, classed, sent, returned twice, decided by the arbiter'() {
      const t = await unsure(), no = t.ticket_no;
      is(await door.open('officer', no), 404, 'nobody but the hotline centre has it');
      await done('dispatcher', no, 'consult', { units: [DEPARTMENT], words: '这件应该由谁办？', due: day(1) });
      await refused('dispatcher', no, 'consult', { units: [], words: '应该由谁办？', due: day(1) }, 422, 'REQUIRED');
      await done('department', no, 'opinion', { words: '建议由街道先看现场。' });
      await refused('department', no, 'opinion', { words: '再说一次。' }, 403);
      await done('dispatcher', no, 'reclassify', { category_code: door.street });
      await refused('dispatcher', no, 'reclassify', { category_code: '000000' }, 422);
      await done('dispatcher', no, 'dispatch', {});
      await refused('officer', no, 'dispatch', {}, 403);
      is(await statusOf(t), 'dispatched');
      await done('officer', no, 'return', { ground: 'not_duty', words: '灯杆不归街道管理，有移交协议。' });
      await refused('officer', no, 'return', { ground: 'not_duty', words: '再退一次，理由同上。' }, 409, 'RETURN_OPEN');
      await refused('officer', no, 'return-decide', { approve: 'yes', words: '同意' }, 403);
      await done('supervisor', no, 'return-decide', { approve: 'yes', words: '移交协议属实，改由市级部门办理。', unit_code: DEPARTMENT });
      await done('department', no, 'return', { ground: 'not_area', words: '不在我们的管理范围，请核实边界。' });
      await done('supervisor', no, 'return-decide', { approve: 'no', words: '边界清楚，请继续办理。' });
      await refused('department', no, 'return', { ground: 'not_area', words: '还是不归我们管。' }, 409);
      await done('department', no, 'sign');
      await done('department', no, 'reply', { outcome: 'underway', words: LONG });
      await refused('supervisor', no, 'return-decide', { approve: 'no', words: '没有退单。' }, 409);
    },
    async 'one is answered at once, one shown another way, one merged and freed again'() {
      const a = await unsure(), b = await unsure(), c = await unsure(), d = await unsure(), main = await street();
      await done('clerk', a.ticket_no, 'answer', { words: '路灯报修可以直接打 96196，工作人员会在 24 小时内到场，我们也替您登记了。' });
      await refused('officer', a.ticket_no, 'answer', { words: '打 96196。' }, 403);
      is(await statusOf(a), 'replied');
      await done('dispatcher', b.ticket_no, 'divert', { class: 'legal', words: '这件事已经在法院审理，请向承办法官了解进展，法院电话 12368。' });
      await refused('dispatcher', b.ticket_no, 'divert', { class: 'legal', words: '已经在法院。' }, 409);
      is(await statusOf(b), 'diverted');
      await done('dispatcher', c.ticket_no, 'merge', { other: main.ticket_no });
      await refused('dispatcher', d.ticket_no, 'merge', { other: 'SD-000000-0000000-0' }, 422);
      is(await statusOf(c), 'closed', 'the receipt of the merged one still works');
      that(!(await toldTo(c)).includes(main.ticket_no), 'the number of the main one stays its own filer\'s');
      await done('supervisor', c.ticket_no, 'unmerge', { words: '两件不是同一处，分开办理。', category_code: door.street });
      await refused('officer', c.ticket_no, 'unmerge', { words: '分开办理。' }, 403);
      is(await statusOf(c), 'dispatched');
    },
  };
}
