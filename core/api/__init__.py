"""API conventions: what every resource has in common, so that an app declares only what is its own.

A noun is declared once, in the app's api/serializers/<noun>.py: what is shown, what is taken, and of which columns::

    class Note(ResourceSerializer):                 # REST framework's own fields and words; its docstring: the schema's
        code = CodeField()                          # ONE-N7; shown only
        url = AddressField("notes")                 # /api/v1/notes/ONE-N7/
        program = ProgramField(read_only=True)      # by id, key and name
        text = StrictCharField(max_length=200)      # not read_only: the bodies below take it
        owner = PersonField(allow_null=True, required=False)
        stream = CodeReferenceField(source="plan.stream", read_only=True)  # of another table

        class Meta:
            model = models.Note
            fields = ("id", "code", "url", "program", "text", "owner", "stream", "created_at")   # others: shown only
            annotated = ("replies",)                # what the query adds; extra_columns: what rules need, unseen

    class NoteItem(Note):                           # what an item shows besides
        legal_moves = ListField(child=ChoiceField(choices=list(NOTE_MOVES.moves)), read_only=True)

        class Meta(Note.Meta):
            fields = (*Note.Meta.fields, "legal_moves")
            computed = ("legal_moves",)             # no column: the endpoint hands it to row()

    class NoteRequest(CreateBody):                  # POST takes every writable field, and what is declared here
        program = ProgramField()

        class Meta:
            resource, writer = Note, NoteDetails    # the service's dataclass: it must know each of these fields

    class NoteChange(ChangeBody):                   # PATCH; what else a read gives may come back as it was
        class Meta:
            resource, writer, exclude = NoteItem, NoteDetails, ("owner",)

It is compiled when it is loaded, and a wrong name in it fails there: `Note.select(queryset)` selects its columns,
`Note.row(values)` makes an answer of a row. Its endpoints are a class for the noun and a view for each address::

    class Notes(ResourceEndpoint):
        access_rule = "member"                      # core/access.py
        model = models.Note
        serializer_class = serializers.NoteItem
        code_fields = ("program__key", "code")      # /notes/ONE-N7/ is /notes/417/

        def rows(self):                             # bounded to the reader, with what it annotates
            return serializers.Note.select(queries.notes(reader=self.reader))

        def whole(self, values):                    # optional: what an item has besides; may cost a query or two
            return serializers.NoteItem.row(values, legal_moves=NOTE_MOVES.legal(values["state"]))

    class NoteList(Notes, ListEndpoint):            # GET: ?limit= ?cursor= ?ordering= ?fields= and the filters
        serializer_class = serializers.Note
        filterset_class = filters.NoteFilter        # django-filter; unknown parameters answer 400
        orderings = ("id", "due_on")                # names of columns; empty values sort last

        def post(self, request):
            note = services.add_note(**self.read(serializers.NoteRequest), by=self.reader, at=clock.now())
            return self.created(note.pk)            # 201, Location, ETag

    class NoteItem(Notes, ItemEndpoint):            # GET: ETag, 304
        def patch(self, request, ref):
            with self.changing(serializers.NoteChange) as (note, row, data):  # locked; 400, or If-Match: 428, 412
                services.change_note(note=note, **data, by=self.reader, at=clock.now())
            return self.changed(note.pk)

    class NoteClose(Notes, MoveEndpoint):           # POST /notes/ONE-N7/close/; 409 with the legal moves when refused
        input_class = serializers.NoteClose

        def move(self, note, data):
            services.close_note(note=note, **data, by=self.request.user, at=clock.now())

    resources = [                                   # the app's api/urls.py; the roof hands them to under_api()
        path("notes/", NoteList.as_view(), name="note-list"),
        path("notes/<str:ref>/", NoteItem.as_view(), name="note-item"),
        path("notes/<str:ref>/close/", NoteClose.as_view(), name="note-close"),
    ]

Services raise refusals (core/exceptions.py); problems.py answers them, and every other error, as problem documents.
"""
