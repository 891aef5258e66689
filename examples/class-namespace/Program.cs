using ClassNamespace;
using Microsoft.AspNetCore.Authentication;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["urls"] is null && Environment.GetEnvironmentVariable("PORT") is { } port)
{
    builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
}

// ASP.NET Core authentication, here by a header that stands for a real scheme (cookies, JWT), and a policy.
builder.Services.AddAuthentication(NameHeader.Scheme).AddScheme<AuthenticationSchemeOptions, NameHeader>(NameHeader.Scheme, null);
builder.Services.AddAuthorizationBuilder().AddPolicy("teacher", policy => policy.RequireRole("teacher"));
builder.Services.AddSingleton<Questions>();
builder.AddAkkaChat();

var app = builder.Build();
app.UseAuthentication();
var io = app.MapAkkaChat();
io.Add<Quiz>();
app.Run();
