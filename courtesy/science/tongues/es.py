"""Spanish for checking. An axis a line, its ends between bars; "!": a "not" does not turn it round."""

SMALL = """el la los las un una unos unas lo al del de a en con por para y e o u pero que qué quien cual cuales
cuyo si como cuando donde su sus mi mis tu tus nuestro nuestra nuestros nuestras se le les me te nos os
ello ella ellos ellas él yo usted ustedes nosotros es son era eran ser sido sea será serán está están
estar estaba ha han hemos he haber había hay tiene tienen tener puede pueden puedes podemos podrá poder
debe deben debes debemos hace hacer hacen va van ir muy más también tan así entonces ya aún todavía este
esta estos estas ese esa esos esas esto eso aquel aquella cada otro otra otros otras mismo misma entre
sobre bajo hasta desde hacia según sin ante tras durante antes después menos gracias favor bien todo
toda todos todas algo alguno alguna algunos algunas porque pues aunque mientras sino unos
aproximadamente
lamentablemente desgraciadamente afirmo claro naturalmente supuesto"""
NOTS = "no nunca jamás nada nadie ningún ninguna ninguno ni sin tampoco apenas"
SECOND_NOTS = "nunca jamás nada nadie ningún ninguna ninguno ni tampoco"
REACH_BACK = 0
JOINING = "a y o hasta –"
NO_NOTS = """no solo, no sólo, no hay problema, sin problema, no solamente, por qué no, no obstante, sin embargo,
    sin duda"""
AXES = """
abierto, abierta, abiertos, abrir, abre, abrimos, abren | cerrado, cerrada, cerrados, cerrar, cierra, cerramos,
    cierran
gratis, gratuito, gratuita, gratuitos, gratuitamente, sin coste, sin costo, sin cargo, sin gastos | pago, cuesta,
    cuestan, pagar, paga, cobramos, cobra, con recargo, con coste, de pago
!antes, antes de, previo | después, tras, a partir, luego, pasados | dentro, durante, en un plazo
con | sin
incluido, incluida, incluye, incluidos, inclusive, contiene | excluido, excluida, excluye, excepto, aparte, salvo
aceptar, acepta, aceptamos, aceptado, admitimos | rechazar, rechaza, rechazamos, rechazado, denegar
!siempre, en cualquier momento, cada vez | normalmente, generalmente, a menudo, habitualmente, por lo general,
    suele, suelen | a veces, en ocasiones, de vez en cuando | rara vez, raramente | nunca, jamás
!todos, todas, todo, toda, cada, cualquier, cualquiera | la mayoría, mayoría | algunos, algunas, varios, varias,
    una parte | ningún, ninguna, ninguno, nadie, nada
más, adicional | menos
!al menos, como mínimo, mínimo, por lo menos, no menos de, o más | como máximo, máximo, hasta, no más de, o menos,
    a lo sumo | exactamente
!más de, superior, por encima, supere, superan | menos de, inferior, por debajo
!debe, deben, debes, tiene que, tienen que, tienes que, hay que, obligatorio, obligatoria, necesario, necesaria,
    es necesario, debemos | no tiene que, no hace falta, no es necesario, no es obligatorio, no tienes que,
    opcional, voluntario, innecesario | debería, recomendamos, aconsejamos, recomendable, convendría | no debe,
    prohibido, prohibida, no está permitido, no se permite, no puede, no pueden, no es posible, imposible, no se
    puede | puede, pueden, puedes, posible, permitido, se puede, podrá | quizá, quizás, tal vez, podría,
    podrían, posiblemente, probablemente
    | será, serán, vamos, va a
permitir, permite, autorizar, permitimos, autorizamos | prohibir, prohíbe, impedir, impide, prohibimos
activar, activa, activado, encender, encendido | desactivar, desactiva, desactivado, apagar, apagado
añadir, añade, agregar, añadimos | quitar, quita, eliminar, elimina, borrar, retirar
mostrar, muestra, visible | ocultar, oculta, invisible, esconder
empezar, empieza, comenzar, comienza, inicio, principio | terminar, termina, acabar, acaba, fin, final, finaliza
aumentar, aumenta, subir, sube | disminuir, disminuye, reducir, reduce, bajar, baja
ampliar, amplía, prolongar, prolonga, alargar | acortar, acorta
primero, primera, primeros, primer | último, última, últimos
temprano, pronto | tarde
rápido, rápida, rápidamente, enseguida, inmediatamente | lento, lenta, lentamente
fácil, fácilmente, sencillo, sencilla | difícil, complicado, complicada
bueno, buena, buen, bien | malo, mala, mal
mejor | peor
correcto, correcta, correctamente | incorrecto, incorrecta, equivocado, erróneo
verdadero, cierto | falso, falsa
mismo, misma, mismos, igual | distinto, distinta, diferente, otro
nuevo, nueva, nuevos, nuevas | viejo, vieja, antiguo, usado, usada, antigua
grande, grandes | pequeño, pequeña, pequeños, pequeñas
alto, alta | bajo, baja
largo, larga | corto, corta
pesado, pesada | ligero, ligera
fuerte | débil
caliente, cálido, calor | frío, fría, fresco
mojado, húmedo, húmeda | seco, seca
lleno, llena, completo, completa, entero, entera, íntegro, totalmente, totalidad, completamente, íntegra, total
    | vacío, vacía, parcial, parcialmente, mitad, incompleto, en parte
barato, barata, económico | caro, cara
público, pública | privado, privada, interno, confidencial
en línea, en la web, por internet | en tienda, en la tienda, en el local
!dentro, interior | fuera, exterior
sol, soleado, luz | sombra, oscuridad
arriba, encima | abajo, debajo
izquierda | derecha
delante | detrás
cerca | lejos
!enviar, envía, enviamos, enviado, enviaremos, mandar, mandamos, entregar, entregamos, entregado | recibir,
    recibe, recibirá, recibido, recoger, recogida, recoge
devolver, devolución | quedarse, conservar, guardar
dar, da | tomar, quitar
comprar, compra, comprado | vender, vende, vendemos, venta
!cliente, clientes, comprador, destinatario | vendedor, remitente, proveedor
!reembolso, reembolsar, reembolsamos, reembolsado, reembolsaremos | vale, cambio, cambiar, sustituir, reemplazar,
    sustituimos, reemplazo
guardar, guarde, conservar, guardamos | tirar, tire, desechar
encontrar | perder, perdido
llegar, llegada, llega | salir, salida, sale
registrarse, suscribirse, suscribir, inscribirse, registrar | darse de baja, cancelar la suscripción, desuscribirse
juntos, junto, juntas | separados, por separado, aparte
automático, automáticamente | manual, manualmente, a mano
temporal, temporalmente | permanente, permanentemente, definitivo, definitivamente
válido, válida, válidos, vigente, se aplica | caducado, caduca, vencido, inválido, caducan
disponible, disponibles, en stock | agotado, agotada, no disponible
funciona, sirve | falla, averiado, roto
confirmar, confirma, aprobar | negar, rechazar, oponerse
inofensivo, inofensiva, seguro, segura, no tóxico, inocuo | tóxico, tóxica, peligroso, peligrosa, venenoso,
    venenosa, dañino
vivo, viva | muerto, muerta
en españa, nacional | extranjero, en el extranjero, internacional
iva incluido, con iva | sin iva, más iva
abonar, abonamos, abonado | descontar, descontamos, descontado, deducir, cargar, descuenta
día | noche
por la mañana | por la tarde, por la noche
entre semana, laborables, días laborables | fin de semana, fines de semana, festivos, días festivos
!diario, cada día, todos los días | semanal, cada semana | mensual, cada mes | anual, cada año
!hoy | mañana | ayer
verano | invierno
primavera | otoño
adultos, adulto | niños, niño
hombre, hombres | mujer, mujeres
madre | padre
anterior, pasado, pasada | próximo, próxima, siguiente
pregunta | respuesta
!porque, debido a, a causa de | aunque, a pesar de
original | copia
natural | artificial
limpio | sucio
sin usar, sin abrir, intacto, precintado, cerrado | usado, abierto, dañado, roto, defectuoso
conocido | desconocido
útil | inútil
!solo, solamente, únicamente, exclusivamente | también, además
presente | ausente
"""
SAME = """
paquete envío pedido
enviar mandar
reembolsar reembolso
artículo producto
tienda
comprar adquirir
foto imagen
empezar comenzar
terminar acabar finalizar
ayudar
necesitar
mostrar enseñar
elegir escoger seleccionar
recibir obtener
informar avisar
preguntar consultar
responder contestar
reparar arreglar
cambiar modificar
guardar conservar
permitir autorizar
intentar probar
rápido rápidamente
enseguida inmediatamente
difícil complicado
fácil sencillo
cliente comprador
vale cupón
coste precio gasto tarifa costo
gratis gratuito gratuitamente
aproximadamente unos
frecuentemente
normalmente generalmente habitualmente
quizá quizás posiblemente
también además
eliminar borrar
encontrar hallar
entero completo íntegro
error fallo
dañado roto defectuoso
comprobar verificar
correo email e-mail mail
web página sitio
llamar telefonear
regalo
factura
cancelar anular
sustituir reemplazar
llegar
devolver retornar
solo solamente únicamente
pagar abonar
etiqueta
plazo
"""
UNITS = """
día, días, días naturales
día laborable, días laborables, día hábil, días hábiles
hora, horas, h
minuto, minutos, min
segundo, segundos
semana, semanas
mes, meses
año, años
%, por ciento
eur, euro, euros, €
usd, dólar, dólares, $
cm, centímetros
m, metro, metros
mm
km, kilómetros
g, gramos
kg, kilos
l, litro, litros
ml
°c, grados, °
personas
artículos, artículo, piezas
"""
COUNTS = """dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien mil"""
CALENDAR = """
enero
febrero
marzo
abril
mayo
junio
julio
agosto
septiembre
octubre
noviembre
diciembre
lunes
martes
miércoles
jueves
viernes
sábado sábados
domingo domingos
pascua
navidad
"""
CONDITIONS = """si, salvo, salvo que, excepto, a menos que, siempre que, siempre y cuando, con tal de que,
    a condición de, solo si,
en caso de, excepto si, salvo si, mientras, pero no, a excepción"""
ONLY = "solo sólo solamente únicamente exclusivamente"
BREAKS = "y e pero o porque si salvo excepto cuando mientras aunque sino que pues entonces"
TURNING = "in im ir i des no mal"
TAILS = "able/able"
ENDINGS = """aciones amientos aremos eremos iremos aron ieron ados adas idos idas ando iendo amos emos imos ado ada
ido ida aran eran ara era ar er ir an en as os es a o e s"""
SPELLED_OUT = [
    (r"\bya no\b", "no"),
    (r"(?:^|(?<=[\s,;¿¡]))sí(?=[\s,.;!]|$)", "afirmo"),
]
POLITE = (
    r"^[¡¿]?(?:hola|buen[oa]s? (?:días|tardes|noches)|estimad[oa]s?|querid[oa]s?)\b.{0,60}$|^[¡]?(?:muchas "
    r"|mil )?gracias\b.{0,90}$"
    r"|^(?:lo )?(?:sentimos|siento|lamentamos|lamento)\b.{0,90}$|^(?:nos|me) (?:alegra|alegramos"
    r"|gustaría)\b.{0,90}$"
    r"|^(?:esperamos|espero|entendemos|entiendo|le deseamos|te deseamos|le agradecemos|agradecemos)\b.{0,90}$"
    r"|^[¡]?(?:un (?:cordial )?saludo|saludos|atentamente|hasta (?:pronto|luego)|que (?:tenga|pase|disfrute)"
    r"|por supuesto"
    r"|claro|con mucho gusto|bienvenid[oa]s?|enhorabuena|disculpe|disculpas|perdone)\b.{0,80}$"
    r"|^(?:no dude en|escríbanos|díganos|avísenos)\b.{0,80}$|^si tiene (?:más |alguna |otra )?(?:preguntas?"
    r"|dudas?)\b.{0,80}$"
)
WE = "nosotros nuestro nuestra nos yo"
YOU = "usted ustedes su sus tu"
