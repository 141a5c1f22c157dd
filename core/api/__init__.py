"""API conventions: what every resource has in common, so that an app declares only what is its own.

A resource is a class for the noun and a view for each address::

    class Notes(ResourceEndpoint):
        access_rule = "member"                      # core/access.py
        model = Note
        serializer_class = serializers.Note         # a StrictSerializer: describes the row, checks input
        code_fields = ("program__key", "code")      # /notes/ONE-N7/ is /notes/417/

        def rows(self):                             # a values() queryset bounded to the reader; with id and version
            return queries.note_rows(reader=self.request.user)

        def row(self, values):                      # optional: dress one row; a plain function, no query
            return {**values, "url": f"/api/v1/notes/{values['code']}/"}

    class NoteList(Notes, ListEndpoint):            # GET: ?limit= ?cursor= ?ordering= ?fields= and the filters
        filterset_class = filters.NoteFilter        # django-filter; unknown parameters answer 400
        orderings = ("id", "due_on")                # names of rows() columns; empty values sort last

        def post(self, request):
            note = services.add_note(**self.read(serializers.Note), by=request.user, at=clock.now())
            return self.created(note.pk)            # 201, Location, ETag

    class NoteItem(Notes, ItemEndpoint):            # GET: ETag, 304
        def patch(self, request, ref):
            with self.changing(serializers.Note) as (note, row, data):  # locked; 400, or If-Match: 428, 412
                services.change_note(note=note, **data, by=request.user, at=clock.now())
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
