/*
 * suda.js - makes what already works pleasanter; every page does its whole work without it.
 *
 * Character count, a draft kept on the device while typing, category suggestions, pictures chosen shown and dropped again,
 * an upload with progress and retry, the position of the device, one send for a double click. All words come from the page.
 */
(function () {
  'use strict';
  var doc = document;
  function each(selector, fn) { Array.prototype.forEach.call(doc.querySelectorAll(selector), fn); }
  function say(text) {
    var args = Array.prototype.slice.call(arguments, 1);
    return (text || '').replace(/%([0-9])/g, function (m, i) { return args[i - 1] === undefined ? m : args[i - 1]; });
  }
  function make(tag, text, cls) {
    var el = doc.createElement(tag);
    if (text) el.textContent = text;
    if (cls) el.className = cls;
    return el;
  }
  function store(key, value) { /* storage may be forbidden; then there is simply no copy */
    try {
      if (value === undefined) return sessionStorage.getItem(key);
      if (value) sessionStorage.setItem(key, value); else sessionStorage.removeItem(key);
    } catch (e) { /* nothing is lost: the server keeps the draft */ }
    return null;
  }

  /* Errors first: the summary is what the reader must meet. */
  var errors = doc.getElementById('errors');
  if (errors) errors.focus();

  /* How much is written. Counted as the server counts: characters, not UTF-16 units. */
  each('[data-count]', function (area) {
    var out = doc.getElementById(area.dataset.count), max = +area.dataset.max;
    function show() {
      var used = Array.from(area.value.trim()).length;
      out.textContent = used > max ? say(area.dataset.over, used - max, max) : say(area.dataset.words, used, max);
      out.classList.toggle('over', used > max);
    }
    area.addEventListener('input', show);
    show();
  });

  /* Words typed but not yet sent outlive a reload and a lost connection, in this tab alone; sending clears them. */
  each('form[data-draft]', function (form) {
    var area = form.querySelector('textarea'), key = 'suda.draft', timer;
    if (!area) return;
    if (!area.value && store(key)) {
      area.value = store(key);
      area.dispatchEvent(new Event('input'));
    }
    area.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(function () { store(key, area.value); }, 800);
    });
    form.addEventListener('submit', function () { clearTimeout(timer); store(key, ''); });
  });

  /* While typing: what it may be about. Silence when the server has nothing to say. */
  each('[data-suggest]', function (box) {
    var area = box.parentNode.querySelector('textarea'), timer, last = '';
    function ask() {
      var text = area.value.trim();
      if (Array.from(text).length < 8 || text === last) return;
      last = text;
      fetch(box.dataset.suggest, {
        method: 'POST', credentials: 'omit',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': doc.documentElement.lang },
        body: JSON.stringify({ text: Array.from(text).slice(0, 500).join('') })
      }).then(function (r) { return r.ok ? r.json() : null; }).then(function (reply) {
        if (reply && reply.data) show(reply.data);
      }).catch(function () { box.hidden = true; });
    }
    function show(data) {
      var names = (data.categories || []).slice(0, 1), docs = (data.articles || []).slice(0, 2);
      box.textContent = '';
      box.hidden = !names.length && !docs.length;
      if (box.hidden) return;
      var card = make('div', '', 'card soft');
      names.forEach(function (c) {
        var p = make('p'), b = make('b', c.path || c.name);
        b.lang = 'zh-CN';
        p.append(box.dataset.title + ' ', b);
        card.append(p);
      });
      docs.forEach(function (d) {
        var p = make('p', '', 'small'), a = make('a', d.title + ' ' + (d.heading || ''));
        a.href = /^\/kb\//.test(d.url) ? d.url : '/kb/' + encodeURIComponent(d.id);
        a.target = '_blank';
        a.rel = 'noopener';
        a.lang = 'zh-CN';
        p.append(a);
        card.append(p);
      });
      box.append(card);
    }
    area.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(ask, 900); });
    area.addEventListener('blur', ask);
  });

  /* Where the device is, when it is asked for. */
  each('[data-locate]', function (box) {
    var button = box.querySelector('button'), status = box.querySelector('[role=status]');
    if (!navigator.geolocation) return;
    box.hidden = false;
    button.addEventListener('click', function () {
      status.textContent = box.dataset.busy;
      navigator.geolocation.getCurrentPosition(function (at) {
        doc.getElementById('lng').value = at.coords.longitude.toFixed(6);
        doc.getElementById('lat').value = at.coords.latitude.toFixed(6);
        status.textContent = box.dataset.done;
      }, function () { status.textContent = box.dataset.failed; }, { timeout: 10000, maximumAge: 60000 });
    });
  });

  /* Chosen files are shown and can be left out again before anything is sent. */
  function thumb(file, canvas) {
    createImageBitmap(file).then(function (bmp) {
      var side = Math.min(bmp.width, bmp.height);
      canvas.getContext('2d').drawImage(bmp, (bmp.width - side) / 2, (bmp.height - side) / 2, side, side, 0, 0, 96, 96);
      bmp.close();
    }).catch(function () { canvas.hidden = true; });
  }
  function preview(input, box, label) {
    box.textContent = '';
    box.hidden = !input.files.length;
    var list = make('ul', '', 'plain-list files-list');
    Array.from(input.files).forEach(function (file, i) {
      var row = make('li'), shown, what = make('span', '', 'what'), drop = make('button', label, 'button plain');
      if (window.createImageBitmap && /^image\//.test(file.type)) {
        shown = make('canvas'); /* drawn, not loaded: the content security policy allows pictures from the server only */
        shown.width = shown.height = 96;
        thumb(file, shown);
      } else shown = make('span', file.name.split('.').pop(), 'box');
      what.append(make('b', file.name), make('br'), make('span', (file.size / 1048576).toFixed(1) + ' MB', 'muted small'));
      drop.type = 'button';
      drop.setAttribute('aria-label', label + ' ' + file.name);
      drop.addEventListener('click', function () {
        var kept = new DataTransfer();
        Array.from(input.files).forEach(function (f, j) { if (j !== i) kept.items.add(f); });
        input.files = kept.files;
        preview(input, box, label);
        input.focus();
      });
      row.append(shown, what, drop);
      list.append(row);
    });
    box.append(list);
  }
  each('input[type=file]', function (input) {
    var form = input.form, box = form.querySelector('.previews');
    if (!box || !window.DataTransfer) return;
    input.addEventListener('change', function () { preview(input, box, form.dataset.removes || '×'); });
  });

  /* The same form, sent with its progress shown; when the line breaks, everything is still there to send again. */
  each('form[data-upload]', function (form) {
    form.addEventListener('submit', function (ev) {
      var input = form.querySelector('input[type=file]'), by = ev.submitter;
      if (!input || !input.files.length || (by && by.name === 'remove') || !window.XMLHttpRequest) return;
      ev.preventDefault();
      send(form, by);
    });
  });
  function send(form, by) {
    var data = new FormData(form), xhr = new XMLHttpRequest(), note = form.querySelector('.sending');
    if (!note) {
      note = make('p', '', 'notice sending');
      note.setAttribute('role', 'status');
      form.querySelector('.actions').before(note);
    }
    if (by && by.name) data.append(by.name, by.value);
    busy(form, true);
    note.className = 'notice sending';
    note.textContent = say(form.dataset.sending, 0);
    xhr.open('POST', form.action);
    xhr.upload.onprogress = function (e) {
      if (e.lengthComputable) note.textContent = say(form.dataset.sending, Math.floor(100 * e.loaded / e.total));
    };
    xhr.onload = function () {
      if (xhr.status >= 500 || xhr.status === 0) return failed();
      if (xhr.responseURL && xhr.status < 400 && xhr.responseURL !== location.href) {
        location.assign(xhr.responseURL); /* the page that the redirect led to */
      } else { /* the form again, with what must be changed */
        var page = new DOMParser().parseFromString(xhr.responseText, 'text/html'), next = page.querySelector('main');
        if (!next) return failed();
        doc.title = page.title;
        doc.querySelector('main').replaceWith(doc.importNode(next, true));
        var summary = doc.getElementById('errors');
        if (summary) summary.focus();
      }
    };
    xhr.onerror = xhr.ontimeout = failed;
    function failed() {
      busy(form, false);
      note.className = 'notice bad sending';
      note.textContent = form.dataset.failed + ' ';
      var again = make('button', form.dataset.retry, 'button plain');
      again.type = 'button';
      again.addEventListener('click', function () { send(form, by); });
      note.append(again);
      again.focus();
    }
    xhr.send(data);
  }

  /* One send for a double click. The server counts it once anyway; this only saves the worry. */
  function busy(form, on) {
    Array.prototype.forEach.call(form.querySelectorAll('button:not([type=button])'), function (b) {
      if (on) b.setAttribute('aria-disabled', 'true'); else b.removeAttribute('aria-disabled');
    });
    form.dataset.busy = on ? '1' : '';
  }
  each('form[method=post]', function (form) {
    form.addEventListener('submit', function (ev) {
      if (ev.defaultPrevented) return;
      if (form.dataset.busy) { ev.preventDefault(); return; }
      busy(form, true);
      if (form.dataset.once && ev.submitter) ev.submitter.textContent = form.dataset.once;
      setTimeout(function () { busy(form, false); }, 15000); /* a lost answer must not lock the form */
    });
  });
  addEventListener('pageshow', function (e) { if (e.persisted) each('form[data-busy]', function (f) { busy(f, false); }); });
})();
