extension SpanishCatalogue {
    /// What is answered in a chat.
    static let answers: [String: String] = [
        "What I can do:": "Lo que sé hacer:",
        "In Slack the id can be left out in an incident's thread, and where only one is open in the channel.":
            "En Slack el id se puede omitir en el hilo de un incidente, y donde solo hay uno abierto en el canal.",
        "what is open": "qué hay abierto",
        "[service] [30m]": "[servicio] [30m]",
        "looks for a cause now, without an alert": "busca una causa ahora, sin una alerta",
        "what is known of it": "qué se sabe de él",
        "investigates it again, at its own time": "lo investiga de nuevo, en su propio momento",
        "earlier ones with the same cause": "los anteriores con la misma causa",
        "you take care of it": "hacerse cargo de él",
        "i-42": "i-42",
        "i-42 text": "i-42 texto",
        "keeps a note on it": "le añade una nota",
        "the cause was right": "la causa era correcta",
        "i-42 [what it was]": "i-42 [qué era]",
        "the cause was wrong": "la causa no era correcta",
        "i-42 1h [reason]": "i-42 1h [motivo]",
        "silences its alerts in Alertmanager": "silencia sus alertas en Alertmanager",
        "ends that silence": "quita ese silencio",
        "this list": "esta lista",

        "I am busy with other questions; please ask again in a minute.":
            "Hay otras preguntas en curso; conviene repetirla en un minuto.",
        "I am being restarted; please ask again in a minute.": "Me estoy reiniciando; conviene repetirla en un minuto.",
        "My memory does not answer at the moment; please ask again in a minute.":
            "Mi memoria no responde ahora mismo; conviene repetirla en un minuto.",
        "There is no incident {}, or it is no longer kept; `status` lists the open ones.":
            "No hay ningún incidente {}, o ya no se guarda; `status` muestra los abiertos.",
        "Looking at {}; the answer follows here.": "Mirando {}; la respuesta llegará aquí.",
        "Looking; the answer follows here.": "Mirando; la respuesta llegará aquí.",
        "Investigating {} again, at its own time; the answer follows here.":
            "Investigando {} de nuevo, en su propio momento; la respuesta llegará aquí.",
        "That takes a moment; the answer follows here.": "Tardará un momento; la respuesta llegará aquí.",
        "That takes longer than Teams waits. For an incident, `incident i-42` tells what is known already.":
            "Tarda más de lo que Teams espera. `incident i-42` dice lo que ya se sabe de un incidente.",
        "That takes a moment; the answer follows as a message of its own.":
            "Tardará un momento; la respuesta llegará en otro mensaje.",

        // What is open, and what is known.
        "Nothing is open.": "No hay nada abierto.",
        "Open: {}.": "Abierto: {}.",
        "`{}` {}, since {}": "`{}` {}, desde {}",
        "{}, taken by {}": "{}, a cargo de {}",
        "And {} older ones.": "Más antiguos: {}.",
        "{} alert notification": "{} notificación de alerta",
        "{} alert notifications": "{} notificaciones de alerta",
        "{} notification": "{} notificación",
        "{} notifications": "{} notificaciones",
        "{} message": "{} mensaje",
        "{} messages": "{} mensajes",
        "{} waiting to be looked at.": "{} en espera de revisión.",
        "Given up: {}; the log says why.": "Descartado: {}; el log dice por qué.",
        "Which one? {} open:": "¿Cuál? Hay {} sin resolver:",
        "Which one? {} open in this channel:": "¿Cuál? Hay {} sin resolver en este canal:",
        "`{}` {}: open since {}.": "`{}` {}: abierto desde {}.",
        "`{}` {}: over since {}, began at {}.": "`{}` {}: resuelto desde {}, empezó a las {}.",
        "Cause: {}, {}. {}": "Causa: {}, {}. {}",
        "It has not been looked at yet.": "Aún no se ha investigado.",
        "{} has not been looked at yet.": "{} aún no se ha investigado.",
        "{} has not been looked at yet: no cause was named.": "{} aún no se ha investigado: no hay causa.",
        "{} has not been looked at yet; say which service, as in `why shop 30m`.":
            "{} aún no se ha investigado; hay que decir qué servicio, como en `why shop 30m`.",
        "The cause of {} is unknown, so there is nothing to compare.":
            "La causa de {} es desconocida: no hay nada que comparar.",
        "No other incident that is still kept has the cause of {}, {}.":
            "Ningún otro incidente guardado tiene la causa de {}, {}.",
        "Like {} ({}): {}, the newest first.": "Como {} ({}): {}, primero los más recientes.",
        "`{}` {}, {}, over after {}": "`{}` {}, {}, resuelto tras {}",
        "`{}` {}, {}, still open": "`{}` {}, {}, sigue abierto",
        "{} (elsewhere: {})": "{} (en otro lugar: {})",
        "{}: taken by {}": "{}: a cargo de {}",
        "{}: silenced by {}": "{}: silenciado por {}",
        "{}: silence ended by {}": "{}: silencio quitado por {}",
        "The alerts of {} cannot be read any more.": "Las alertas de {} ya no se pueden leer.",

        // What people say and do.
        "You have taken {} already, at {}.": "{} ya está a su cargo, desde {}.",
        "{} takes care of {}: {}.": "{} se hace cargo de {}: {}.",
        "{} Before, {} did.": "{} Antes, {}.",
        "Noted on {} by {}: {}": "Nota en {} de {}: {}",
        "{} is the cause that was named; `right {}` says that it was that.":
            "{} es la causa que se indicó; `right {}` dice que era esa.",
        "Thank you: {} was right for {}.": "Gracias: {} era la causa de {}.",
        "Thank you: {} was wrong for {}.": "Gracias: {} no era la causa de {}.",
        "What it was: `wrong {} cause`, as in the runbooks.": "Qué era: `wrong {} causa`, como en los runbooks.",
        "Thank you: {} was {}, not {}.": "Gracias: {} era {}, no {}.",
        "Thank you: kept in your words. {} is no cause that I know.":
            "Gracias: guardado con esas palabras. No conozco la causa {}.",
        "Near to it: {}.": "Parecidas: {}.",
        "A silence may last {} at most.": "Un silencio puede durar {} como máximo.",
        "Silenced until {} by {}: {}.": "Silenciado hasta {} por {}: {}.",
        "Reason: {}": "Motivo: {}",
        "`unsilence {}` ends it.": "`unsilence {}` lo quita.",
        "The silence in Alertmanager": "El silencio en Alertmanager",
        "{} was not silenced from here.": "{} no se silenció desde aquí.",
        "The silence of {} was not ended": "El silencio de {} no se quitó",
        "Nothing was silenced": "No se silenció nada",
        "it answered {}: {}": "respondió {}: {}",
        "it knows no silences": "no conoce silencios",
        "its comment cannot be written": "su comentario no se puede escribir",
        "the alerts have no labels to select them by": "las alertas no tienen etiquetas para seleccionarlas",
        "it answered 200 without a silence's id: is the address an Alertmanager's?":
            "respondió 200 sin el id de un silencio: ¿es la dirección de un Alertmanager?",
        "{}: Alertmanager: {}.": "{}: Alertmanager: {}.",
        "{} ended the silence of {}; it alerts again.": "{} quitó el silencio de {}; vuelve a alertar.",
        "Silences are switched off here; use Alertmanager's own page.":
            "Aquí los silencios están desactivados; queda la página de Alertmanager.",
        "The alerts of {} have no label to select them by; use Alertmanager's own page.":
            "Las alertas de {} no tienen etiquetas por las que seleccionarlas; queda la página de Alertmanager.",
        "Who may silence alerts cannot be read from Slack: {}.": "No se puede leer de Slack quién puede silenciar: {}.",
        "You may not silence alerts; whoever configures me can add you to commands.silence.":
            "Sin permiso para silenciar alertas; se concede en commands.silence de la configuración.",

        // What is no command.
        "A note needs a text: `note {} text`.": "Una nota necesita un texto: `note {} texto`.",
        "`why` looks back 1 minute at least and 1 day at most, as in `why shop 30m`.":
            "`why` mira atrás entre 1 minuto y 1 día, como en `why shop 30m`.",
        "`why` takes one service and one time, as in `why shop 30m`.":
            "`why` admite un servicio y un tiempo, como en `why shop 30m`.",
        "Say which service, as in `why shop 30m`.": "Hay que decir qué servicio, como en `why shop 30m`.",
        "{} is no time: it should look like 30m, 2h or 1h30m.": "{} no es un tiempo: debe ser como 30m, 2h o 1h30m.",
        "`{}` takes an incident's id and nothing else; what is {}?":
            "`{}` admite el id de un incidente y nada más; ¿qué es {}?",
        "{} is no incident's id: ids look like i-42, and `status` lists them.":
            "{} no es el id de un incidente: son como i-42, y `status` los muestra.",
        "Say which incident, as in `{} i-42`; `status` lists the open ones.":
            "Hay que decir qué incidente, como en `{} i-42`; `status` muestra los abiertos.",
        "That is too long: `{}` takes {} characters.": "Es demasiado largo: `{}` admite {} caracteres.",
        "{} is no command; did you mean `{}`?": "{} no es un comando; ¿quizá `{}`?",
        "{} is no command; `help` lists the commands.": "{} no es un comando; `help` los muestra.",
    ]
}
